package dev.terminalcloud.certification.operator;

/** A task for the operator. */
public interface Task {
    String words();
}
