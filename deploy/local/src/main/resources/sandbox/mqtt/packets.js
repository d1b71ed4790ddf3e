/*
 * Encoding and decoding of the packets of MQTT 5 that a device needs (OASIS MQTT 5.0, sections 2 and 3). Pure functions, except
 * for the reader, which buffers an incomplete packet. It sends no properties, and skips those that it receives.
 */
const CONNECT = 1;
const CONNACK = 2;
const PUBLISH = 3;
const PUBACK = 4;
const SUBSCRIBE = 8;
const SUBACK = 9;
const PINGREQ = 12;
const PINGRESP = 13;
const DISCONNECT = 14;

const PROTOCOL_VERSION = 5;
const NO_PROPERTIES = [0];

const CLEAN_START_WITH_USER_AND_PASSWORD = 0b1100_0010;
const QOS_1 = 0b0010;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

export function connect(clientId, userName, password, keepAliveSeconds) {
  const flags = Uint8Array.of(PROTOCOL_VERSION, CLEAN_START_WITH_USER_AND_PASSWORD, ...twoBytes(keepAliveSeconds));
  return packet(CONNECT, 0, text('MQTT'), flags, NO_PROPERTIES, text(clientId), text(userName), text(password));
}

/** Subscribes to a topic with QoS 1. */
export function subscribe(packetId, topic) {
  return packet(SUBSCRIBE, QOS_1, twoBytes(packetId), NO_PROPERTIES, text(topic), [1]);
}

/** Publishes with QoS 1: the message has arrived when its PUBACK is received. */
export function publish(packetId, topic, payload) {
  return packet(PUBLISH, QOS_1, text(topic), twoBytes(packetId), NO_PROPERTIES, encoder.encode(payload));
}

export function publishAcknowledged(packetId) {
  return packet(PUBACK, 0, twoBytes(packetId));
}

export const PING = packet(PINGREQ, 0);

/** Splits the bytes of a WebSocket into packets, which may begin and end anywhere. */
export class PacketReader {
  #rest = new Uint8Array();

  /** Returns the packets that are complete with these bytes. Throws if they are not MQTT. */
  read(bytes) {
    this.#rest = joined([this.#rest, bytes]);
    const packets = [];
    for (let frame = this.#frame(); frame; frame = this.#frame()) {
      packets.push(parsed(frame));
    }
    return packets;
  }

  #frame() {
    const length = variableInteger(this.#rest, 1);
    if (!length || this.#rest.length < length.end + length.value) {
      return undefined;
    }
    const end = length.end + length.value;
    const frame = { head: this.#rest[0], body: this.#rest.slice(length.end, end) };
    this.#rest = this.#rest.slice(end);
    return frame;
  }
}

function parsed({ head, body }) {
  switch (head >> 4) {
    case CONNACK:
      return { type: 'connected', code: body[1] };
    case SUBACK:
      return { type: 'subscribed', accepted: body[afterProperties(body, 2)] === 1 };
    case PUBACK:
      return { type: 'acknowledged', packetId: number(body, 0) };
    case PINGRESP:
      return { type: 'pong' };
    case PUBLISH:
      return published(head, body);
    case DISCONNECT:
      return { type: 'disconnected', code: body[0] ?? 0 };
    default:
      throw new Error(`packet type not allowed: ${head >> 4}`);
  }
}

function published(head, body) {
  const topicEnd = 2 + number(body, 0);
  const confirmed = ((head >> 1) & 0b11) > 0;
  const propertiesStart = topicEnd + (confirmed ? 2 : 0);
  return {
    type: 'published',
    topic: decoder.decode(body.slice(2, topicEnd)),
    packetId: confirmed ? number(body, topicEnd) : undefined,
    payload: decoder.decode(body.slice(afterProperties(body, propertiesStart))),
  };
}

function packet(type, flags, ...parts) {
  const body = joined(parts);
  return joined([[(type << 4) | flags], lengthBytes(body.length), body]);
}

function lengthBytes(length) {
  const bytes = [];
  let rest = length;
  do {
    bytes.push((rest % 128) | (rest >= 128 ? 128 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return bytes;
}

/** Returns the index after the properties that begin here. */
function afterProperties(body, start) {
  const length = variableInteger(body, start);
  if (!length) {
    throw new Error('properties are incomplete');
  }
  return length.end + length.value;
}

/** Returns { value, end } of the variable byte integer that begins here, or undefined while it is incomplete. */
function variableInteger(bytes, start) {
  let value = 0;
  for (let index = start; index < bytes.length; index++) {
    value += (bytes[index] & 127) * 128 ** (index - start);
    if (bytes[index] < 128) {
      return { value, end: index + 1 };
    }
    if (index === start + 3) {
      throw new Error('a length exceeds four bytes');
    }
  }
  return undefined;
}

function text(value) {
  const bytes = encoder.encode(value);
  return joined([twoBytes(bytes.length), bytes]);
}

function twoBytes(value) {
  return [value >> 8, value & 255];
}

function number(bytes, at) {
  return (bytes[at] << 8) | bytes[at + 1];
}

function joined(parts) {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  parts.reduce((at, part) => {
    bytes.set(part, at);
    return at + part.length;
  }, 0);
  return bytes;
}
