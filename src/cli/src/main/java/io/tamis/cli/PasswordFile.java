package io.tamis.cli;

import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExitCode;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.Code;
import io.tamis.data.RandomSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;

/** The file with the password of a key store. */
record PasswordFile(Path file) {
    /** Half of what is generated; a shorter one has not the strength of the keys it protects. */
    private static final int BYTES_MIN = 16;

    private static final int BYTES_MAX = 1_024;
    private static final int GENERATED_BYTES = 32;

    /** The password; a file that is not there is made, with a random one. */
    SecretBytes readOrMake(RandomSource random) {
        try {
            if (!Files.exists(file)) {
                write(HexFormat.of().formatHex(random.bytes(GENERATED_BYTES)));
            }
        } catch (IOException unusable) {
            throw unusable(unusable);
        }
        return read();
    }

    /** The password as the service reads it: without the line end an editor adds. */
    SecretBytes read() {
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw ClientException.usage("the password is too long: " + file);
            }
            byte[] bytes = Files.readString(file).replaceFirst("[\\r\\n]+$", "").getBytes(StandardCharsets.UTF_8);
            if (bytes.length < BYTES_MIN) {
                throw ClientException.usage("the password is shorter than " + BYTES_MIN + " bytes: " + file);
            }
            return SecretBytes.copyOf(bytes);
        } catch (IOException unusable) {
            throw unusable(unusable);
        }
    }

    private ClientException unusable(IOException cause) {
        return new ClientException(
                Code.INVALID_REQUEST, ExitCode.USAGE, "the password file cannot be used: " + file, cause);
    }

    /** Readable for its owner only, from the first moment. */
    private void write(String password) throws IOException {
        boolean posix = Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix");
        if (posix) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, password);
    }
}
