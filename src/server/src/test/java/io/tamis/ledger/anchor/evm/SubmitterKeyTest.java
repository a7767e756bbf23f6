package io.tamis.ledger.anchor.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import io.tamis.ledger.anchor.AnchorException;
import io.tamis.ledger.contract.Devnet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmitterKeyTest {
    /** The first account of anvil and hardhat, from their manuals. */
    private static final String ANVIL_KEY = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

    private static final String ANVIL_ADDRESS = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";

    /** Of Besu's genesis for development. */
    private static final String BESU_KEY = "8f2a55949038a9610f50fb23b5883af3b4ecb3c3bb792cbcefbd1542c692be63";

    private static final String OWN_KEY = "17".repeat(32);

    @TempDir
    Path folder;

    @Test
    void read_ofAKeyFile_isItsAccount() throws IOException {
        for (String form :
                List.of(ANVIL_KEY, "0x" + ANVIL_KEY, ANVIL_KEY + "\n", ANVIL_KEY.toUpperCase(java.util.Locale.ROOT))) {
            assertEquals(ANVIL_ADDRESS, read(file(form, "rw-------")).address().value());
        }
        assertEquals("Submitter", read(file(ANVIL_KEY, "r--------")).toString());
    }

    @Test
    void read_ofAFileOthersMayRead_isRefused() throws IOException {
        for (String permissions : List.of("rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-")) {
            assertRefused(file(OWN_KEY, permissions));
        }
    }

    @Test
    void read_ofAFileInTheDataDirectory_isRefused() throws IOException {
        Path inside = file(OWN_KEY, "rw-------");
        assertCode(Code.ANCHOR_REFUSED, () -> KeyFile.read(inside, folder));
        Path link = Files.createTempDirectory("elsewhere").resolve("key");
        Files.createSymbolicLink(link, inside);
        assertCode(Code.ANCHOR_REFUSED, () -> KeyFile.read(link, folder));
    }

    @Test
    void read_ofWhatIsNoKey_isRefused() throws IOException {
        var order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
        for (String content : List.of(
                "",
                "00".repeat(32),
                order,
                "ff".repeat(32),
                OWN_KEY.substring(1),
                OWN_KEY + "17",
                "zz".repeat(32),
                "17 ".repeat(32),
                "a".repeat(10_000))) {
            assertRefused(file(content, "rw-------"));
        }
        assertRefused(folder.resolve("missing"));
        assertRefused(folder);
    }

    @Test
    void knownKeys_areRefusedInProduction() throws IOException {
        for (String known : List.of(ANVIL_KEY, BESU_KEY)) {
            Path file = file(known, "rw-------");
            assertCode(Code.DEMO_KEY_REFUSED, () -> NotaryWiring.submitter(Optional.of(file), data(), false));
            assertTrue(NotaryWiring.submitter(Optional.of(file), data(), true)
                    .address()
                    .value()
                    .startsWith("0x"));
        }
        Path own = file(OWN_KEY, "rw-------");
        assertFalse(KnownKeys.contain(
                NotaryWiring.submitter(Optional.of(own), data(), false).address()));
        for (int account = 0; account < 10; account++) {
            assertTrue(KnownKeys.contain(new Address(Devnet.account(account).getAddress())));
        }
    }

    @Test
    void production_withoutAKey_isRefused_andADemonstrationTakesTheKnownOne() {
        assertCode(Code.ANCHOR_REFUSED, () -> NotaryWiring.submitter(Optional.empty(), data(), false));
        assertEquals(
                ANVIL_ADDRESS,
                NotaryWiring.submitter(Optional.empty(), data(), true).address().value());
    }

    @Test
    void production_onADevelopmentChainOrWithoutContract_isRefused() {
        String contract = "0x" + "12".repeat(20);
        settings(Optional.of(42L), Optional.of(contract)).requireProduction();
        for (long chain : new long[] {31_337, 1_337}) {
            assertCode(
                    Code.ANCHOR_REFUSED,
                    () -> settings(Optional.of(chain), Optional.of(contract)).requireProduction());
        }
        assertCode(
                Code.ANCHOR_REFUSED,
                () -> settings(Optional.empty(), Optional.of(contract)).requireProduction());
        assertCode(
                Code.ANCHOR_REFUSED,
                () -> settings(Optional.of(42L), Optional.empty()).requireProduction());
        assertCode(Code.ANCHOR_REFUSED, () -> settings(Optional.of(42L), Optional.of("0x12")));
    }

    private static ChainSettings settings(Optional<Long> chain, Optional<String> contract) {
        return new ChainSettings(
                Optional.of(URI.create("http://127.0.0.1:1")), chain, contract, Optional.empty(), Optional.empty(), 1);
    }

    private Path data() {
        try {
            return Files.createDirectories(folder.resolve("data"));
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    private Path file(String content, String permissions) throws IOException {
        Path file = Files.createTempFile(folder, "key", "");
        Files.writeString(file, content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private Submitter read(Path file) {
        return KeyFile.read(file, data());
    }

    private void assertRefused(Path file) {
        assertCode(Code.ANCHOR_REFUSED, () -> read(file));
    }

    private static void assertCode(Code code, org.junit.jupiter.api.function.Executable action) {
        assertEquals(code, assertThrows(AnchorException.class, action).code());
    }
}
