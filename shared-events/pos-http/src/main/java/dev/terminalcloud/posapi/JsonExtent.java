package dev.terminalcloud.posapi;

/** Finds the end of a JSON object or array that is read byte by byte. It does not check the syntax. */
final class JsonExtent {
    private int depth;
    private boolean inString;
    private boolean escaped;

    void read(byte character) {
        if (escaped) {
            escaped = false;
        } else if (inString) {
            escaped = character == '\\';
            inString = character != '"';
        } else {
            switch (character) {
                case '"' -> inString = depth > 0;
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                default -> {}
            }
        }
    }

    /** Returns whether an object or array has begun and not ended. */
    boolean isOpen() {
        return depth > 0;
    }
}
