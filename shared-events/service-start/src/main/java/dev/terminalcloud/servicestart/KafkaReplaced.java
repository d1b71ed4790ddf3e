package dev.terminalcloud.servicestart;

/**
 * Event that is fired when Kafka has lost records: it was replaced by a new one, or its topics were. What its clients remember, such as the
 * numbers of a producer, is no longer valid. It can be fired for the same loss more than once. Observers must return at once.
 */
public record KafkaReplaced() {}
