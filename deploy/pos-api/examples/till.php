<?php
// A till in PHP 8 with the extension curl: php till.php. README.md has its options.
declare(strict_types=1);
/** An answer of 4xx: this request had no effect. If it is UNKNOWN, an earlier one may have had one. */
final class Refused extends Exception {}

final class Till
{
    public array $transaction;
    public bool $inDoubt = false; // whether an earlier request may have started the payment
    public int $loseAnswers = 0; // so many are thrown away, as if the connection had been lost
    private array $form;
    private string $pollingUrl;

    public function __construct(private string $url, public string $pairingToken) {}

    /** Repeats a request until it has an answer. That is safe: a pairing has its code, and a start has its key. */
    private function ask(string $method, string $url, array $form = [], array $headers = []): array
    {
        while (true) {
            $curl = curl_init($url);
            curl_setopt_array($curl, [
                CURLOPT_CUSTOMREQUEST => $method, CURLOPT_POSTFIELDS => http_build_query($form),
                CURLOPT_HTTPHEADER => $headers, CURLOPT_TIMEOUT => 60, CURLOPT_RETURNTRANSFER => true, CURLOPT_HEADER => true,
            ]);
            $answer = (string) curl_exec($curl);
            $head = substr($answer, 0, curl_getinfo($curl, CURLINFO_HEADER_SIZE));
            $body = json_decode(substr($answer, strlen($head)), true);
            $status = $body === null || $this->loseAnswers-- > 0 ? 0 : curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
            if ($status === 200) {
                return [$body, $head];
            }
            if (intdiv($status, 100) === 4) {
                throw new Refused(($this->inDoubt ? 'UNKNOWN ' : 'NOT STARTED ') . $body['error']);
            }
            $this->inDoubt = $this->inDoubt || $status !== 503; // after a 503 nothing runs, for certain
            echo "no answer, asking again\n";
            sleep(preg_match('/^Retry-After: *(\d+)/mi', $head, $seconds) ? (int) $seconds[1] : 2);
        }
    }

    public function pair(string $code, array $names): void
    {
        [, $head] = $this->ask('PUT', "$this->url/POS/Pairing/$code", $names);
        $this->pairingToken = preg_match('/^Pairing-Token: *(\S+)/mi', $head, $token) ? $token[1] : '';
    }

    /** Starts a payment, or finds the one that an earlier start with this reference has started. */
    public function start(array $form): void
    {
        $token = $this->pairingToken === '' ? [] : ["Pairing-Token: $this->pairingToken"];
        $headers = ["Idempotency-Key: $form[POSReferenceID]", ...$token];
        [$this->transaction] = $this->ask('POST', "$this->url/POS/Transaction", $form, $headers);
        $this->pollingUrl = $this->transaction['data']['PollingUrl'];
        [$this->form, $this->inDoubt] = [$form, true];
    }

    /** Waits for a change, at most so long. Call it until the payment has ended: a lost connection is not its end. */
    public function wait(int $seconds): void
    {
        try {
            $query = "&wait=$seconds&version={$this->transaction['version']}";
            [$this->transaction] = $this->ask('GET', $this->pollingUrl . $query);
        } catch (Refused) { // the PollingUrl is too old: the same key gets a new one
            sleep(2);
            $this->start($this->form);
        }
    }

    /** Asks the device to stop. It may be too late: only the outcome says whether the customer has paid. */
    public function cancel(): void
    {
        $this->ask('POST', str_replace('?', '/cancel?', $this->pollingUrl));
    }
}

$options = getopt('', array_map(fn($name) => "$name:", array_keys($defaults = [
    'url' => 'http://localhost:8080', 'register' => 'till-1', 'name' => 'Till 1', 'business' => 'Demo Shop',
    'vendor' => 'Demo POS', 'store' => 'till-store', 'code' => '', 'amount' => '500', 'reference' => '',
    'refund-of' => '', 'callback-url' => '', 'cancel-after' => '600', 'lose-answers' => '0',
]))) + $defaults;
$names = ['POSRegisterID' => $options['register'], 'POSRegisterName' => $options['name'],
    'POSBusinessName' => $options['business'], 'POSVendorName' => $options['vendor']];
is_dir($options['store']) || mkdir($options['store'], 0700);
$token = "$options[store]/pairing-token";
$till = new Till($options['url'], is_file($token) ? file_get_contents($token) : '');
try {
    if ($options['code'] !== '') {
        $till->pair($options['code'], $names);
        file_put_contents($token, $till->pairingToken);
    }
    $reference = $options['reference'] ?: bin2hex(random_bytes(16));
    echo "sale $reference\n"; // a till stores it before the start: it finds the payment after a crash
    [$till->inDoubt, $till->loseAnswers] = [$options['reference'] !== '', (int) $options['lose-answers']];
    // At most what is left of that purchase is refunded.
    $refund = $options['refund-of'] === '' ? []
        : ['TransactionType' => 'Card.Refund', 'OriginalTransactionId' => $options['refund-of']];
    $till->start($refund + $names + ['TransactionMode' => 'ASYNC', 'TransactionType' => 'Card.Purchase',
        'AmountTotal' => $options['amount'], 'POSReferenceID' => $reference,
        'PosNotificationCallbackUrl' => $options['callback-url']]);
    $id = $till->transaction['transactionId'];
    file_put_contents("$options[store]/$id", $till->transaction['merchantAccessToken']); // for callback.php
    echo "started $id\n";
    $cancelAt = time() + (int) $options['cancel-after'];
    while ($till->transaction['transactionStatus'] !== 'COMPLETED') {
        $till->wait(max(1, min(50, $cancelAt - time())));
        $data = $till->transaction['data'];
        echo 'device: ', $data['Prompt'] ?? '', ' ', $data['TransactionResult'] ?? '', "\n";
        if (time() >= $cancelAt) {
            $cancelAt += 86400;
            $till->cancel();
        }
    }
    ['TransactionResult' => $result, 'AmountTotal' => $total] = $data = $till->transaction['data'];
    $paid = $refund ? 'REFUNDED' : 'PAID';
    echo $result === 'OK-ACCEPTED' ? "$paid $total AuthId=$data[AuthId]\n" : "NOT $paid $result\n";
} catch (Refused $refusal) {
    echo $refusal->getMessage(), "\n";
}
