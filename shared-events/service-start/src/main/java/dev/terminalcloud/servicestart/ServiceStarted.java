package dev.terminalcloud.servicestart;

/** Event that is fired once, when the schema is up to date and Kafka has the topics: from now on the service works. */
public record ServiceStarted() {}
