// Verifies the callback on the standard input as the documentation does, and prints the transaction.
import { readFileSync } from 'node:fs';
import { verifyCallback } from './verify-callback.mjs';

const { token, headers, body } = JSON.parse(readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify(verifyCallback(token, headers, body)));
