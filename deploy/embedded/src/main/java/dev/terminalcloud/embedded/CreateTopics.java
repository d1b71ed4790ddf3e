package dev.terminalcloud.embedded;

/** Command that creates the missing topics of the system on a single broker, and waits for the broker if it is not available yet. */
public final class CreateTopics {
    private static final int USAGE = 2;

    private CreateTopics() {}

    /**
     * Returns when the broker has all topics.
     *
     * @param arguments the address of the broker: {@code host:port}
     */
    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("Usage: CreateTopics host:port");
            System.exit(USAGE);
        }
        QuietLogs.apply();
        TopicCreator.createMissing(arguments[0]);
    }
}
