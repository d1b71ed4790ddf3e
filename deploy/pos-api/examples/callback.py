"""Receives callbacks: python3 callback.py PORT STORE, with the store of till.py. Standard library only."""
import base64, hashlib, hmac, json, pathlib, re, sys, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TRANSACTION_ID = re.compile('[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}')
MAX_AGE_SECONDS = 300


def is_genuine(token, headers, body):
    """Returns whether the transaction's token has signed the callback, and just now (Standard Webhooks)."""
    timestamp = headers.get('webhook-timestamp', '')
    signed = f'{headers["webhook-id"]}.{timestamp}.'.encode() + body  # the body as received, not parsed and formatted
    signature = b'v1,' + base64.b64encode(hmac.digest(token.encode(), signed, hashlib.sha256))
    is_new = timestamp.isdecimal() and abs(time.time() - int(timestamp)) < MAX_AGE_SECONDS
    candidates = headers.get('webhook-signature', '').encode().split()
    return is_new and any(hmac.compare_digest(signature, candidate) for candidate in candidates)


class Callback(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get('Content-Length', 0)))
        id = self.headers.get('webhook-id', '')  # the transaction's, and the same in each repetition
        token = store / id
        accepted = bool(TRANSACTION_ID.fullmatch(id)) and token.exists() and is_genuine(
            token.read_text(), self.headers, body)
        # One that is not accepted comes again, so it may arrive before the till has stored the token.
        self.send_response(200 if accepted else 401)
        self.end_headers()
        print(f'VERIFIED {json.loads(body)["data"]["TransactionResult"]} {id}' if accepted else 'REFUSED', flush=True)

    def log_message(self, *arguments):
        """Logs nothing: a request is not yet known to be genuine."""


if __name__ == '__main__':
    port, store = int(sys.argv[1]), pathlib.Path(sys.argv[2])
    ThreadingHTTPServer(('127.0.0.1', port), Callback).serve_forever()
