// A device on mqtt.js. Each line of its input is a call as JSON: {"id", "call", ...}; each line of its output
// is an answer, {"id"} or {"id", "failure"}, or a command that the device received: {"command"}.
'use strict'

const mqtt = require('mqtt')
const readline = require('readline')

const [address, deviceId, protocolVersion] = process.argv.slice(2)
const tell = (message) => process.stdout.write(JSON.stringify(message) + '\n')
const answer = (id) => (failure) => tell(failure ? { id, failure: String(failure) } : { id })

let client

const calls = {
  connect({ id, secret }) {
    const done = answer(id)
    client = mqtt.connect(address, {
      clientId: deviceId,
      username: deviceId,
      password: secret,
      clean: true,
      keepalive: 30,
      reconnectPeriod: 0,
      protocolVersion: Number(protocolVersion)
    })
    client.once('connect', () => done())
    client.once('error', done)
    client.on('message', (topic, payload) => tell({ command: payload.toString() }))
  },
  subscribe({ id }) {
    client.subscribe(`devices/${deviceId}/commands`, { qos: 1 }, answer(id))
  },
  publish({ id, topic, message }) {
    client.publish(topic, message, { qos: 1 }, answer(id))
  },
  disconnect({ id }) {
    client.end(false, answer(id))
  }
}

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const request = JSON.parse(line)
  calls[request.call](request)
}).on('close', () => process.exit(0))
