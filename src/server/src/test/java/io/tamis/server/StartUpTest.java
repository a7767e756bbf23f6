package io.tamis.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.BcfksKeyProvider;
import io.tamis.crypto.KeySet;
import io.tamis.crypto.SystemRandom;
import io.tamis.data.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bare jar is production: whatever is missing stops the start, with its code. */
class StartUpTest {
    private final Map<String, String> environment = new HashMap<>();

    /** Making a key store takes a second, on purpose; one of each kind serves all tests. */
    @TempDir
    static Path stores;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeKeyStores() throws IOException {
        Path password = stores.resolve("password");
        Files.writeString(password, "correct horse\n");
        BcfksKeyProvider.create(stores.resolve("keys"), KeyFiles.password(password), false, new SystemRandom());
        BcfksKeyProvider.create(stores.resolve("demo"), KeyFiles.password(password), true, new SystemRandom());
    }

    @BeforeEach
    void everythingConfigured() throws IOException {
        Path policies = Files.createDirectories(folder.resolve("policies"));
        Files.writeString(policies.resolve("bundle.yaml"), "kind: Bundle\n");
        Path password = folder.resolve("password");
        Files.writeString(password, "correct horse\n");
        Files.copy(stores.resolve("keys"), folder.resolve("keys"));
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://db/tamis");
        environment.put("TAMIS_DATA", folder.resolve("data").toString());
        environment.put("TAMIS_POLICIES", policies.toString());
        environment.put("TAMIS_KEYS_FILE", folder.resolve("keys").toString());
        environment.put("TAMIS_KEYS_PASSWORD_FILE", password.toString());
        environment.put("TAMIS_LEDGER_NAME", "ledger.example.com/tamis");
        environment.put("QUARKUS_HTTP_PORT", "0");
        environment.put("MP_JWT_VERIFY_ISSUER", "https://issuer.example");
        environment.put("MP_JWT_VERIFY_PUBLICKEY_LOCATION", "https://issuer.example/jwks");
    }

    @Test
    void production_withEverythingNamed_starts() {
        prepare();
    }

    @Test
    void production_withoutDatabase_isRefused() {
        refused("QUARKUS_DATASOURCE_JDBC_URL", Code.DATABASE_MISSING);
    }

    @Test
    void production_withoutDataDirectory_isRefused() {
        refused("TAMIS_DATA", Code.DATABASE_MISSING);
    }

    @Test
    void production_withoutPolicies_isRefused() {
        refused("TAMIS_POLICIES", Code.POLICY_MISSING);
    }

    @Test
    void production_withAFolderThatIsNoBundle_isRefused() {
        environment.put("TAMIS_POLICIES", folder.resolve("data").toString());
        assertEquals(
                Code.POLICY_MISSING,
                assertThrows(StartRefused.class, this::prepare).code());
    }

    @Test
    void production_withoutKeys_isRefused() {
        refused("TAMIS_KEYS_FILE", Code.KEYS_MISSING);
    }

    @Test
    void production_withoutPassword_isRefused() {
        refused("TAMIS_KEYS_PASSWORD_FILE", Code.KEYS_MISSING);
    }

    @Test
    void production_withAWrongPassword_isRefused() throws IOException {
        Files.writeString(folder.resolve("password"), "battery staple");
        assertEquals(
                Code.KEYS_MISSING,
                assertThrows(StartRefused.class, this::prepare).code());
    }

    @Test
    void production_withKeysInsideTheDataDirectory_isRefused() throws IOException {
        Path inside = Files.createDirectories(folder.resolve("data")).resolve("keys");
        Files.copy(folder.resolve("keys"), inside);
        environment.put("TAMIS_KEYS_FILE", inside.toString());
        assertEquals(
                Code.KEYS_MISSING,
                assertThrows(StartRefused.class, this::prepare).code());
    }

    @Test
    void production_withADemonstrationKeyStore_isRefused() {
        environment.put("TAMIS_KEYS_FILE", stores.resolve("demo").toString());
        assertEquals(
                Code.DEMO_KEY_REFUSED,
                assertThrows(StartRefused.class, this::prepare).code());
    }

    /** A key that only this version has would else be missed at the first checkpoint, long after the start. */
    @Test
    void production_withAKeyStoreOfAnEarlierVersion_isRefusedUntilItIsCompleted() throws IOException {
        Path older = folder.resolve("older");
        var password = KeyFiles.password(folder.resolve("password"));
        var keys = BcfksKeyProvider.create(older, password, false, new SystemRandom(), KeySet.WITNESS);
        environment.put("TAMIS_KEYS_FILE", older.toString());
        assertEquals(
                Code.KEYS_MISSING,
                assertThrows(StartRefused.class, this::prepare).code());
        keys.addMissing(KeySet.SERVICE);
        // The lock of the first try ends with the process.
        environment.put("TAMIS_DATA", folder.resolve("other").toString());
        prepare();
    }

    @Test
    void production_withoutIssuer_isRefused() {
        refused("MP_JWT_VERIFY_ISSUER", Code.ISSUER_MISSING);
    }

    @Test
    void production_withoutANameOfItsLedger_isRefused() {
        refused("TAMIS_LEDGER_NAME", Code.LEDGER_NAME_MISSING);
    }

    @Test
    void production_withoutIssuerKeys_isRefused() {
        refused("MP_JWT_VERIFY_PUBLICKEY_LOCATION", Code.ISSUER_MISSING);
    }

    @Test
    void production_withTheDemonstrationIssuer_isRefused() {
        environment.put("MP_JWT_VERIFY_ISSUER", "tamis-demo");
        assertEquals(
                Code.DEMO_KEY_REFUSED,
                assertThrows(StartRefused.class, this::prepare).code());
    }

    @Test
    void port_taken_isRefused() throws IOException {
        try (var taken = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            environment.put("QUARKUS_HTTP_PORT", Integer.toString(taken.getLocalPort()));
            assertEquals(
                    Code.PORT_IN_USE,
                    assertThrows(StartRefused.class, this::prepare).code());
        }
        environment.put("QUARKUS_HTTP_PORT", "abc");
        assertEquals(
                Code.PORT_IN_USE,
                assertThrows(StartRefused.class, this::prepare).code());
    }

    @Test
    void dataDirectory_inUse_isRefused() {
        String data = folder.resolve("shared").toString();
        DataDirectory.lock(data);
        assertEquals(
                Code.DATA_DIR_IN_USE,
                assertThrows(StartRefused.class, () -> DataDirectory.lock(data)).code());
    }

    @Test
    void demoIssuer_keepsItsKey_andNeverPublishesTheSecretPart() throws IOException {
        var data = new DataDirectory(Files.createDirectories(folder.resolve("demo-data")));
        DemoIssuer first = DemoIssuer.in(data);
        assertEquals(first, DemoIssuer.in(data));
        assertTrue(!first.publicJwk().contains("\"d\""));
        assertTrue(Files.readString(data.keys().resolve("demo-issuer.jwk"), StandardCharsets.UTF_8)
                .contains("\"d\""));
    }

    private void refused(String missing, Code code) {
        environment.remove(missing);
        StartRefused refused = assertThrows(StartRefused.class, this::prepare);
        assertEquals(code, refused.code());
        assertTrue(refused.hint().contains(missing), refused.hint());
    }

    private void prepare() {
        new StartUp(name -> null, environment::get).prepare();
    }
}
