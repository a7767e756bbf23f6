package io.tamis.cli.client;

import io.tamis.data.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Who is asking, signed by an issuer; it prints nothing of itself. */
public final class BearerToken {
    /** Longest token read from a file or the command line. */
    static final int LENGTH_MAX = 8192;

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    private final String text;

    /** A token in its compact form. */
    public BearerToken(String text) {
        String trimmed = text.strip();
        if (trimmed.length() > LENGTH_MAX || !FORM.matcher(trimmed).matches()) {
            throw new ClientException(
                    Code.UNAUTHENTICATED,
                    ExitCode.FORBIDDEN,
                    "the token is not a signed JWT (make one: ./tamis token)");
        }
        this.text = trimmed;
    }

    /** The token in this file. */
    public static BearerToken read(Path file) {
        try {
            if (Files.size(file) > LENGTH_MAX) {
                throw new ClientException(
                        Code.UNAUTHENTICATED, ExitCode.FORBIDDEN, "the token file is too long: " + file);
            }
            return new BearerToken(Files.readString(file));
        } catch (IOException unreadable) {
            throw new ClientException(
                    Code.UNAUTHENTICATED, ExitCode.FORBIDDEN, "cannot read the token file " + file, unreadable);
        }
    }

    /** The token itself, for the Authorization header and {@code ./tamis token} only. */
    public String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "BearerToken[redacted]";
    }
}
