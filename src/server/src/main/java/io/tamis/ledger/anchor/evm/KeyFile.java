package io.tamis.ledger.anchor.evm;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.web3j.crypto.Credentials;

/**
 * The submitter's key in a file: 64 hexadecimal digits, with or without 0x, and at most a line end. Only its owner may read
 * it, and it lies outside the data directory: who copies the data must not get the right to anchor with it.
 */
final class KeyFile {
    private static final int BYTES_MAX = 128;
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    /** The order of secp256k1 (SEC 2, section 2.4.1): a key is below it. */
    private static final BigInteger ORDER =
            new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

    private KeyFile() {}

    static Submitter read(Path file, Path dataDirectory) {
        byte[] content = {};
        try {
            Path real = file.toRealPath();
            if (real.startsWith(dataDirectory.toRealPath())) {
                throw ChainSettings.refused("the submitter's key file lies in the data directory");
            }
            requireOwnersAlone(real);
            if (!Files.isRegularFile(real) || Files.size(real) > BYTES_MAX) {
                throw ChainSettings.refused("the submitter's key file is none");
            }
            content = Files.readAllBytes(real);
            return parse(new String(content, US_ASCII));
        } catch (IOException unreadable) {
            throw ChainSettings.refused("the submitter's key file cannot be read");
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static void requireOwnersAlone(Path file) throws IOException {
        if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
            return;
        }
        if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
            throw ChainSettings.refused("the submitter's key file may be read by others than its owner");
        }
    }

    private static Submitter parse(String text) {
        String digits = text.strip();
        digits = digits.startsWith("0x") ? digits.substring(2) : digits;
        if (!digits.matches("[0-9a-fA-F]{64}")) {
            throw ChainSettings.refused("the submitter's key file is not 64 hexadecimal digits");
        }
        var number = new BigInteger(digits, 16);
        if (number.signum() == 0 || number.compareTo(ORDER) >= 0) {
            throw ChainSettings.refused("the submitter's key is no key");
        }
        return new Submitter(Credentials.create(digits));
    }
}
