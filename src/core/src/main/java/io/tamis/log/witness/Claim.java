package io.tamis.log.witness;

import io.tamis.data.Hash;
import io.tamis.log.Decimal;
import io.tamis.log.StrictBase64;
import io.tamis.log.TreeHead;

/**
 * What a checkpoint's text claims: the name of a log, as it stands there, and a tree. Extension lines (C2SP tlog-checkpoint)
 * may follow; they are cosigned with the rest, and mean nothing to a witness.
 */
record Claim(String origin, TreeHead head) {
    private static final int LINES_MIN = 3;

    /** Reads the text of a note, whose last newline is known to be there. */
    static Claim parse(String text) {
        String[] lines = text.substring(0, text.length() - 1).split("\n", -1);
        if (lines.length < LINES_MIN) {
            throw AddCheckpoint.malformed();
        }
        for (String line : lines) {
            if (line.isEmpty()) {
                throw AddCheckpoint.malformed();
            }
        }
        byte[] root = StrictBase64.decode(lines[2]);
        if (root.length != Hash.LENGTH) {
            throw AddCheckpoint.malformed();
        }
        return new Claim(lines[0], new TreeHead(Decimal.parse(lines[1]), Hash.of(root)));
    }
}
