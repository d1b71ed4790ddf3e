#!/bin/sh
# A till with curl, in any POSIX shell. README.md has its options. It can't receive callbacks: curl does not listen.
set -u
url=http://localhost:8080 register=till-1 name='Till 1' business='Demo Shop' vendor='Demo POS'
store=till-store code='' amount=500 reference='' refund_of='' callback_url='' cancel_after=600 lose_answers=0
while [ $# -gt 0 ]; do
    option=$1
    [ $# -gt 1 ] || option=none
    case $option in
        --url) url=$2 ;;
        --register) register=$2 ;;
        --name) name=$2 ;;
        --business) business=$2 ;;
        --vendor) vendor=$2 ;;
        --store) store=$2 ;;
        --code) code=$2 ;;
        --amount) amount=$2 ;;
        --reference) reference=$2 ;;
        --refund-of) refund_of=$2 ;;
        --callback-url) callback_url=$2 ;;
        --cancel-after) cancel_after=$2 ;;
        --lose-answers) lose_answers=$2 ;;
        *) echo "Unknown option, or without a value: $1" >&2; exit 2 ;;
    esac
    shift 2
done
type=Card.Purchase paid=PAID
[ -z "$refund_of" ] || { type=Card.Refund paid=REFUNDED; } # at most what is left of that purchase
umask 077
mkdir -p "$store"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
lose=0 # so many answers are thrown away, as if the connection had been lost
when_refused='NOT STARTED' # or UNKNOWN: an earlier request may have started the payment

# Print a member of the last answer. Quotes within a text are escaped, so no text can pretend to be a member.
text() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" "$work/answer"; }
number() { sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p" "$work/answer"; }
header() { awk -v name="$1:" '{ sub(/\r$/, "") } tolower($1) == name { print $2 }' "$work/headers"; }

# Repeats a request until it has an answer. That is safe: a pairing has its code, and a start has its key.
# Fails on a 4xx: this request had no effect.
ask() {
    while :; do
        : >"$work/headers"
        status=$(curl -s --max-time 60 -o "$work/answer" -D "$work/headers" -w '%{http_code}' "$@") || status=lost
        [ $((lose -= 1)) -lt 0 ] || status=lost
        case $status in
            200) return 0 ;;
            4*) return 1 ;;
            503) ;; # nothing was started, for certain
            *) when_refused=UNKNOWN ;;
        esac
        echo 'no answer, asking again'
        pause=$(header retry-after)
        sleep "${pause:-2}"
    done
}

refused() {
    echo "$when_refused $(text error)"
    exit
}

# Starts the payment, or finds the one that an earlier start with this reference has started.
start() {
    ask "$url/POS/Transaction" -H "Idempotency-Key: $reference" ${token:+-H "Pairing-Token: $token"} \
        --data-urlencode "POSRegisterID=$register" --data-urlencode "POSBusinessName=$business" \
        --data-urlencode "POSVendorName=$vendor" --data-urlencode "POSReferenceID=$reference" \
        --data-urlencode "PosNotificationCallbackUrl=$callback_url" \
        ${refund_of:+--data-urlencode "OriginalTransactionId=$refund_of"} \
        -d TransactionMode=ASYNC -d "TransactionType=$type" -d "AmountTotal=$amount" || return
    when_refused=UNKNOWN
    polling_url=$(text PollingUrl)
}

if [ -n "$code" ]; then
    ask -X PUT "$url/POS/Pairing/$code" \
        --data-urlencode "POSRegisterID=$register" --data-urlencode "POSRegisterName=$name" \
        --data-urlencode "POSBusinessName=$business" --data-urlencode "POSVendorName=$vendor" || refused
    header pairing-token >"$store/pairing-token"
fi
token=$(cat "$store/pairing-token" 2>/dev/null)
lose=$lose_answers
[ -z "$reference" ] && when_refused='NOT STARTED' || when_refused=UNKNOWN
reference=${reference:-$(date +%Y%m%d%H%M%S)-$$}
echo "sale $reference" # a till stores it before the start: it finds the payment after a crash
start || refused
text merchantAccessToken >"$store/$(text transactionId)" # for a receiver of callbacks
echo "started $(text transactionId)"

cancel_at=$(($(date +%s) + cancel_after))
shown='  '
# Asks until the payment has ended: a lost connection is not an outcome.
until [ "$(text transactionStatus)" = COMPLETED ]; do
    news="$(text TransactionResult) $(text Cancellation) $(text Prompt)"
    [ "$news" = "$shown" ] || echo "device: $news"
    shown=$news
    seconds=$((cancel_at - $(date +%s)))
    if [ $seconds -le 0 ]; then
        # It may be too late: only the outcome says whether the customer has paid.
        cancel_at=$((cancel_at + 86400))
        ask -d '' "${polling_url%%\?*}/cancel?${polling_url#*\?}"
    else
        ask "$polling_url&wait=$((seconds < 50 ? seconds : 50))&version=$(number version)"
    fi || { sleep 2 && start || refused; } # a PollingUrl that is too old: the same key gets a new one
done

case $(text TransactionResult) in
    OK-ACCEPTED) echo "$paid $(text AmountTotal) AuthId=$(text AuthId)" ;;
    *) echo "NOT $paid $(text TransactionResult)" ;;
esac
