/**
 * A broker and a database for component tests. A module that uses it declares the dependencies in the scope test: {@code quarkus-junit},
 * and for containers {@code testcontainers-kafka} and {@code testcontainers-postgresql}.
 */
package dev.terminalcloud.embedded.test;
