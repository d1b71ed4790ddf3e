package dev.terminalcloud.carddata;

import java.util.BitSet;

/** The UUIDs in a text, in their usual form (RFC 9562): with no letter, digit or hyphen of ASCII directly beside them. */
final class Uuids {
    private static final int LENGTH = 36;
    private static final int[] HYPHENS = {8, 13, 18, 23};

    private Uuids() {}

    /** Returns the positions of all their characters. The work is that of a search for hyphens. */
    static BitSet in(String text) {
        BitSet found = new BitSet();
        int hyphen = text.indexOf('-', HYPHENS[0]);
        while (hyphen >= 0) {
            int begin = hyphen - HYPHENS[0];
            boolean isUuid = isUuid(text, begin);
            if (isUuid) {
                found.set(begin, begin + LENGTH);
            }
            hyphen = text.indexOf('-', isUuid ? begin + LENGTH : hyphen + 1);
        }
        return found;
    }

    private static boolean isUuid(String text, int begin) {
        int end = begin + LENGTH;
        if (end > text.length() || !isEdge(text, begin - 1) || !isEdge(text, end)) {
            return false;
        }
        int hyphens = 0;
        for (int i = 0; i < LENGTH; i++) {
            boolean hyphenHere = hyphens < HYPHENS.length && HYPHENS[hyphens] == i;
            char character = text.charAt(begin + i);
            if (hyphenHere ? character != '-' : !isHexDigit(character)) {
                return false;
            }
            hyphens += hyphenHere ? 1 : 0;
        }
        return true;
    }

    private static boolean isEdge(String text, int index) {
        if (index < 0 || index >= text.length()) {
            return true;
        }
        char character = text.charAt(index);
        return character != '-' && !(character < 0x80 && Character.isLetterOrDigit(character));
    }

    private static boolean isHexDigit(char character) {
        return character < 0x80 && Character.digit(character, 16) >= 0;
    }
}
