/** Tests of the alert rules, of their runbooks and of the dashboards. Nothing is started. */
package dev.terminalcloud.monitoring;
