"""A till in Python 3.9 or newer, with the standard library only. README.md has its options."""
import argparse, json, pathlib, threading, time, uuid
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen
OPTIONS = {'url': 'http://localhost:8080', 'register': 'till-1', 'name': 'Till 1', 'business': 'Demo Shop',
           'vendor': 'Demo POS', 'store': 'till-store', 'code': '', 'amount': '500', 'reference': '',
           'refund-of': '', 'callback-url': '', 'cancel-after': 600, 'lose-answers': 0}
NO_ANSWER = (OSError, HTTPException, ValueError)  # no connection, a lost one, or a part of an answer


class Refused(Exception):
    """An answer of 4xx: this request had no effect. If it is UNKNOWN, an earlier one may have had one."""


def send(request):
    try:
        return urlopen(request, timeout=30)
    except HTTPError as answer:
        return answer


class Till:
    def __init__(self, url, names, pairing_token):
        self.url, self.names, self.pairing_token = url + '/POS', names, pairing_token
        self.in_doubt, self.lose_answers = False, 0  # in doubt: an earlier request may have started the payment

    def ask(self, method, url, form=(), headers={}):
        """Repeats a request until it has an answer. That is safe: a pairing has its code, and a start has its key."""
        while True:
            try:
                with send(Request(url, urlencode(form).encode(), headers, method=method)) as answer:
                    body = json.load(answer)
                self.lose_answers -= 1
                if self.lose_answers >= 0:
                    raise OSError('Thrown away, as if the connection had been lost')
                if answer.status == 200:
                    return answer, body
                if answer.status < 500:
                    raise Refused(('UNKNOWN ' if self.in_doubt else 'NOT STARTED ') + body['error'])
                self.in_doubt |= answer.status != 503  # after a 503 nothing runs, for certain
                pause = int(answer.headers.get('Retry-After', 2))
            except NO_ANSWER:
                self.in_doubt, pause = True, 2
            print('no answer, asking again', flush=True)
            time.sleep(pause)

    def pair(self, code):
        self.pairing_token = self.ask('PUT', f'{self.url}/Pairing/{code}', self.names)[0].headers['Pairing-Token']

    def start(self, form):
        """Starts a payment, or finds the one that an earlier start with this reference has started."""
        headers = {'Pairing-Token': self.pairing_token} if self.pairing_token else {}
        headers['Idempotency-Key'] = form['POSReferenceID']
        _, self.transaction = self.ask('POST', self.url + '/Transaction', form, headers)
        self.form, self.in_doubt, self.polling_url = form, True, self.transaction['data']['PollingUrl']

    def wait(self):
        """Returns the data of the payment when it has ended, and not before: a lost connection is not an outcome."""
        while self.transaction['transactionStatus'] != 'COMPLETED':
            try:
                with send(Request(self.polling_url, headers={'Accept': 'text/event-stream'})) as stream:
                    for line in stream:  # a comment comes every 15 s: without one for 30 s, the connection is lost
                        if line.startswith(b'data:'):
                            self.show(json.loads(line[5:]))
                    time.sleep(int(stream.headers.get('Retry-After', 0 if stream.status == 200 else 2)))
                    if 400 <= stream.status < 500:  # the PollingUrl is too old: the same key gets a new one
                        self.start(self.form)
            except NO_ANSWER:
                time.sleep(2)
        return self.transaction['data']

    def show(self, transaction):
        before, self.transaction = self.transaction['data'], transaction
        for name in 'Prompt', 'TransactionResult', 'Cancellation':
            if transaction['data'].get(name) not in (None, before.get(name)):
                print(f'{name}: {transaction["data"][name]}', flush=True)

    def cancel(self):
        """Asks the device to stop. It may be too late: only the outcome says whether the customer has paid."""
        self.ask('POST', self.polling_url.replace('?', '/cancel?'))


def pay(options):
    """Returns the last line: PAID, NOT PAID or NOT STARTED, which are certain."""
    token = pathlib.Path(options.store, 'pairing-token')
    token.parent.mkdir(mode=0o700, exist_ok=True)
    names = {'POSRegisterID': options.register, 'POSRegisterName': options.name,
             'POSBusinessName': options.business, 'POSVendorName': options.vendor}
    till = Till(options.url, names, token.read_text() if token.exists() else None)
    if options.code:
        till.pair(options.code)
        token.write_text(till.pairing_token)
    reference = options.reference or str(uuid.uuid4())
    print('sale', reference, flush=True)  # a till stores it before the start: it finds the payment after a crash
    till.in_doubt, till.lose_answers = bool(options.reference), options.lose_answers
    refund = {'TransactionType': 'Card.Refund', 'OriginalTransactionId': options.refund_of} if options.refund_of else {}
    form = {**names, 'TransactionMode': 'ASYNC', 'TransactionType': 'Card.Purchase', 'AmountTotal': options.amount,
            'POSReferenceID': reference, 'PosNotificationCallbackUrl': options.callback_url, **refund}
    till.start(form)
    token.with_name(till.transaction['transactionId']).write_text(till.transaction['merchantAccessToken'])
    print('started', till.transaction['transactionId'], flush=True)
    cashier = threading.Timer(options.cancel_after, till.cancel)
    cashier.daemon = True
    cashier.start()
    data = till.wait()
    is_paid, paid = data['TransactionResult'] == 'OK-ACCEPTED', 'REFUNDED' if options.refund_of else 'PAID'
    return f'{paid} {data["AmountTotal"]} AuthId={data["AuthId"]}' if is_paid else f'NOT {paid} {data["TransactionResult"]}'


if __name__ == '__main__':
    parser = argparse.ArgumentParser()
    for name, default in OPTIONS.items():
        parser.add_argument('--' + name, default=default, type=type(default))
    try:
        print(pay(parser.parse_args()))
    except Refused as refusal:
        print(refusal)
