package io.tamis.log.witness;

import io.tamis.log.SignedNote;
import io.tamis.log.TreeHead;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A process that advances a witness's folder as fast as it can and says each size once that is remembered; it is killed. */
final class CrashLoop {
    private CrashLoop() {}

    public static void main(String... args) {
        var log = GrownLog.of(4_096);
        var cosigner = new SeededCosigner();
        try (var memory = FileMemory.open(Path.of(args[0]), args[1], cosigner::own)) {
            Optional<TreeHead> at = memory.latest(GrownLog.ORIGIN);
            System.out.println("open " + at.map(TreeHead::size).orElse(0L));
            for (long size = at.map(TreeHead::size).orElse(0L) + 1; size <= 4_096; size++) {
                var note = log.note(size);
                var kept = new SignedNote(
                        note.text(), List.of(note.signatures().getFirst(), cosigner.cosign(note.text())));
                if (!memory.replace(GrownLog.ORIGIN, at, kept)) {
                    throw new AssertionError("somebody else writes");
                }
                at = Optional.of(log.head(size));
                System.out.println("kept " + size);
            }
        }
    }
}
