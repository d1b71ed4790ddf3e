/* Run in the sandbox page: checks each rule of the device and returns the result as text. */
async (check) => {
  const decisions = await import('/device/decisions.js');
  const { Journal } = await import('/device/journal.js');
  const packets = await import('/mqtt/packets.js');

  const TAKEN_OVER = [0xe0, 1, 0x8e];
  const SUBSCRIBED_WITH_PROPERTIES = [0x90, 8, 0, 1, 4, 0x1f, 0, 1, 0x61, 1];
  const REQUESTS = {
    offer: 'offer-transaction',
    grant: 'start-granted',
    refuse: 'start-refused',
    report: 'report-transaction',
    cancel: 'cancel-transaction',
  };
  const offer = (members = {}) => ({
    type: 'offer-transaction', transactionId: 'a', pairingNumber: 2, function: 'Card.Purchase', amountTotal: 500, ...members,
  });
  const report = { transactionResult: 'OK-ACCEPTED', result: 'OK' };
  const entries = {
    unknown: undefined,
    claimed: decisions.claimed(offer(), 0),
    running: decisions.running(offer()),
    finished: decisions.finished(offer(), report, false),
    refused: { state: 'refused', transactionId: 'a', reason: 'BUSY' },
    'never-seen': { state: 'never-seen', transactionId: 'a' },
  };
  const idle = { busy: false, pairingNumber: 2, status: 'READY', canStop: true, now: 0 };

  const textOf = (actions) =>
    actions
      .map((action) => {
        const [name, value] = Object.entries(action)[0];
        const detail = { write: value.state, send: value.type }[name];
        return [name, detail].filter(Boolean).join(' ');
      })
      .join(', ') || 'nothing';
  const refusalOf = (members, situation) => {
    const [{ write }] = decisions.about(offer(members), undefined, { ...idle, ...situation });
    return write.reason ?? write.state;
  };
  const lines = (all) => all.join('\n');
  const failure = (work) => {
    try {
      work();
      return 'not refused';
    } catch (refused) {
      return refused.message.replace(/^\S+ is (\S+) and (.*)$/, '$1 $2');
    }
  };

  const checks = {
    decisionTable: () =>
      lines(
        Object.entries(entries).flatMap(([state, entry]) =>
          Object.entries(REQUESTS).map(([request, type]) => {
            const done = decisions.about({ ...offer(), type }, entry, idle);
            return `${state.padEnd(10)} ${request.padEnd(7)} ${textOf(done)}`;
          }),
        ),
      ),

    tooLate: () =>
      lines(
        ['claimed', 'running', 'finished'].map((state) => {
          const done = decisions.about({ ...offer(), type: REQUESTS.cancel }, entries[state], { ...idle, canStop: false });
          return `${state}: ${textOf(done)}`;
        }),
      ),
    refusals: () => {
      const notReady = { status: 'NOT-LOGGED-ON' };
      return lines([
        `older pairing, busy, not ready: ${refusalOf({}, { ...notReady, busy: true, pairingNumber: 3 })}`,
        `busy, not ready: ${refusalOf({}, { ...notReady, busy: true })}`,
        `not ready: ${refusalOf({}, notReady)}`,
        `not ready, logon: ${refusalOf({ function: 'Acquirer.Logon' }, notReady)}`,
        `not ready, status: ${refusalOf({ function: 'Terminal.GetStatus' }, notReady)}`,
        `not ready, reprint: ${refusalOf({ function: 'Journal.ReprintReceipt' }, notReady)}`,
        `newer pairing: ${refusalOf({}, { pairingNumber: 1 })}`,
      ]);
    },

    claims: () =>
      lines(
        [5_000, 59_999, 60_000].map((now) => {
          const done = decisions.claimUnanswered(entries.claimed, now);
          return `${now} ms: ${textOf(done)} ${done.at(-1).send.reason ?? ''}`.trim();
        }),
      ),

    restarts: () => {
      const back = (state) => {
        const done = decisions.powerRestored(entries[state]);
        return `power back, ${state}: ${textOf(done)} ${done[0]?.write.report.transactionResult ?? ''}`.trim();
      };
      const connected = (words, entry) => `connected, ${words}: ${textOf(decisions.connected(entry, 5_000))}`;
      return lines([
        back('claimed'),
        back('running'),
        back('finished'),
        connected('claimed', entries.claimed),
        connected('finished', entries.finished),
        connected('finished and acknowledged', { ...entries.finished, acknowledged: true }),
        connected('refused', entries.refused),
      ]);
    },

    journal: () => {
      const kept = new Map();
      const storage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
      const journal = new Journal(storage, '7');
      const other = { ...entries.refused, transactionId: 'b' };
      [entries.claimed, entries.running, entries.finished, other].forEach((entry) => journal.write(entry));
      journal.writePairing({ number: 2 });
      const results = [
        failure(() => journal.write(entries.running)),
        failure(() => journal.write({ ...entries.claimed, transactionId: 'b' })),
        `read again: ${new Journal(storage, '7').entries.map(({ state }) => state).join(', ')}`,
      ];
      journal.writePairing({ number: 1 });
      results.push(`pairing 2 stays ${new Journal(storage, '7').pairing.number} after a message about 1`);
      journal.forget();
      results.push(`forgotten: ${new Journal(storage, '7').entries.join() || 'nothing'}`);
      return lines(results);
    },

    messages: () => {
      const { function: none, ...withoutFunction } = offer();
      const messages = [offer(), withoutFunction, { type: 'start-granted' }, { type: 'ping' }, { type: 'toString', transactionId: 'a' }];
      return messages.map((message) => `${message.type}: ${decisions.isAboutTransaction(message)}`).join(', ');
    },

    packets: () => {
      const bytes = [...packets.publish(7, 'devices/1/commands', 'ä'.repeat(200)), ...packets.publishAcknowledged(515), ...TAKEN_OVER, ...SUBSCRIBED_WITH_PROPERTIES];
      const reader = new packets.PacketReader();
      return bytes
        .flatMap((byte) => reader.read([byte]))
        .map(({ type, topic, packetId, payload, code, accepted }) =>
          topic ? `${type} ${topic} ${packetId} ${payload.length} characters` : `${type} ${packetId ?? code ?? accepted}`,
        )
        .join(', ');
    },
  };
  return checks[check]();
}
