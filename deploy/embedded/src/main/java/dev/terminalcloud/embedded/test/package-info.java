/**
 * A broker and a database for component tests. Its users declare in the scope test what it needs: {@code quarkus-junit}, and for
 * containers {@code testcontainers-kafka} and {@code testcontainers-postgresql}.
 */
package dev.terminalcloud.embedded.test;
