import * as packets from './packets.js';

const KEEP_ALIVE_SECONDS = 60;
const PING_MILLIS = 25_000;
const OPEN_TIMEOUT_MILLIS = 10_000;
const TAKEN_OVER = 0x8e;
const REASONS = {
  0x80: 'closed by the cloud',
  0x86: 'not authorized',
  0x87: 'not authorized',
  0x88: 'the cloud is not available',
  0x89: 'the cloud is busy',
  0x8b: 'the cloud is shutting down',
  [TAKEN_OVER]: 'used elsewhere',
  0x97: 'too many connections',
  0x9f: 'too many connections',
};

/**
 * One MQTT connection of a device over a WebSocket, from its CONNECT to its end; it does not reconnect.
 *
 * It calls opened(), received(payload, acknowledge) and, once and last, ended(reason, takenOver) of the listener; takenOver says whether
 * another connection of the same device has replaced it. The device acknowledges a received message when it had
 * its full effect.
 */
export class MqttConnection {
  #socket;
  #listener;
  #reader = new packets.PacketReader();
  #credentials;
  #awaited = new Map();
  #lastPacketId = 0;
  #timers;
  #over = false;

  /** @param credentials { deviceId, secret } */
  constructor(url, credentials, listener) {
    this.#credentials = credentials;
    this.#listener = listener;
    this.#socket = new WebSocket(url, 'mqtt');
    this.#socket.binaryType = 'arraybuffer';
    this.#socket.onopen = () => this.#greet();
    this.#socket.onmessage = ({ data }) => this.#read(new Uint8Array(data));
    this.#socket.onclose = () => this.#end('the connection was closed');
    this.#timers = [setTimeout(() => this.#fail('no answer to CONNECT'), OPEN_TIMEOUT_MILLIS)];
  }

  /** Publishes; completes when the cloud has acknowledged the message, and never if the connection ends before. */
  publish(payload) {
    const packetId = this.#nextPacketId();
    this.#send(packets.publish(packetId, this.#topic('events'), payload));
    return new Promise((acknowledged) => this.#awaited.set(packetId, acknowledged));
  }

  /** Closes without a DISCONNECT, as when the cable is pulled; does not call the listener. */
  cut() {
    this.#over = true;
    this.#close();
  }

  #greet() {
    const { deviceId, secret } = this.#credentials;
    this.#send(packets.connect(deviceId, deviceId, secret, KEEP_ALIVE_SECONDS));
  }

  #read(bytes) {
    let arrived;
    try {
      arrived = this.#reader.read(bytes);
    } catch (unreadable) {
      this.#fail(unreadable.message);
      return;
    }
    // Packets after a cut count as not received, even those in the same bytes.
    arrived.forEach((packet) => this.#over || this.#handle(packet));
  }

  #handle(packet) {
    switch (packet.type) {
      case 'connected':
        return packet.code === 0
          ? this.#send(packets.subscribe(this.#nextPacketId(), this.#topic('commands')))
          : this.#fail(reasonOf(packet.code));
      case 'subscribed':
        return packet.accepted ? this.#open() : this.#fail('the subscription was refused');
      case 'published':
        return this.#listener.received(packet.payload, () => this.#acknowledge(packet.packetId));
      case 'disconnected':
        return this.#fail(reasonOf(packet.code), packet.code === TAKEN_OVER);
      case 'acknowledged':
        this.#awaited.get(packet.packetId)?.();
        return this.#awaited.delete(packet.packetId);
      default:
        return undefined;
    }
  }

  #open() {
    this.#timers.forEach(clearTimeout);
    this.#timers = [setInterval(() => this.#send(packets.PING), PING_MILLIS)];
    this.#listener.opened();
  }

  #acknowledge(packetId) {
    if (packetId !== undefined) {
      this.#send(packets.publishAcknowledged(packetId));
    }
  }

  #fail(reason, takenOver = false) {
    this.#close();
    this.#end(reason, takenOver);
  }

  #end(reason, takenOver = false) {
    if (!this.#over) {
      this.#over = true;
      this.#timers.forEach(clearTimeout);
      this.#listener.ended(reason, takenOver);
    }
  }

  #close() {
    this.#timers.forEach(clearTimeout);
    this.#socket.close();
  }

  #send(bytes) {
    if (this.#socket.readyState === WebSocket.OPEN) {
      this.#socket.send(bytes);
    }
  }

  #topic(direction) {
    return `devices/${this.#credentials.deviceId}/${direction}`;
  }

  #nextPacketId() {
    this.#lastPacketId = (this.#lastPacketId % 65_535) + 1;
    return this.#lastPacketId;
  }
}

function reasonOf(code) {
  return REASONS[code] ?? `closed with ${code}`;
}
