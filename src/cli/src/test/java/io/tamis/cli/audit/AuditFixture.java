package io.tamis.cli.audit;

import io.tamis.crypto.KeyName;
import io.tamis.log.VerifierKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An honest export for tests of other packages. */
public final class AuditFixture {
    /** The key that signed it. */
    public static final String KEY = LogBook.KEY.toString();

    /** A key of the same name that did not. */
    public static final String OTHER_KEY =
            new VerifierKey(LogBook.ORIGIN, new SigningKeys().publicKey(KeyName.LEDGER_SIGNING)).toString();

    private AuditFixture() {}

    /** Writes it. */
    public static void write(Path folder) {
        written(LogBook.honest(), folder);
    }

    /** Writes it with an entry that can no longer be opened, as the log says. */
    public static void writeErased(Path folder) {
        written(LogBook.honest().erase(0).keyDestroyed(), folder);
    }

    private static void written(LogBook log, Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        log.write(folder);
    }
}
