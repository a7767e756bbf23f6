package io.tamis.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.data.PredictableRandom;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Security;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class BcfksKeyProviderTest {
    private static final SecretBytes PASSWORD = SecretBytes.copyOf("correct horse 密码".getBytes(UTF_8));
    private static final byte[] AAD = {1, 2};

    // One store for all: each attempt to open one costs a third of a second of PBKDF2. Who changes it, copies it first.
    @TempDir
    private static Path shared;

    private static Path path;
    private static BcfksKeyProvider keys;

    @TempDir
    private Path folder;

    @BeforeAll
    static void createStore() {
        path = shared.resolve("keys.bcfks");
        keys = BcfksKeyProvider.create(path, PASSWORD, true, new PredictableRandom(42));
    }

    private Path copy() {
        try {
            return Files.copy(path, folder.resolve("copy.bcfks"));
        } catch (IOException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    @Test
    void create_thenOpen_hasTheSameKeys() {
        var opened = BcfksKeyProvider.open(path, PASSWORD);
        assertArrayEquals(keys.publicKey(KeyName.LEDGER_SIGNING), opened.publicKey(KeyName.LEDGER_SIGNING));
        assertEquals(keys.mac(KeyName.DATASET_MAC, AAD), opened.mac(KeyName.DATASET_MAC, AAD));
        var wrapped = keys.wrap(KeyName.LEDGER_KEK, SecretBytes.copyOf(new byte[32]), AAD);
        assertEquals(SecretBytes.copyOf(new byte[32]), opened.unwrap(KeyName.LEDGER_KEK, wrapped, AAD));
        assertTrue(opened.demonstration());
    }

    @Test
    void create_forProduction_isNotMarked() {
        var other = folder.resolve("other.bcfks");
        BcfksKeyProvider.create(other, PASSWORD, false, new PredictableRandom(1));
        assertFalse(BcfksKeyProvider.open(other, PASSWORD).demonstration());
    }

    @Test
    void create_overAnExistingFile_isRefused() throws Exception {
        byte[] before = Files.readAllBytes(path);
        assertCode(Code.STATE_CONFLICT, () -> BcfksKeyProvider.create(path, PASSWORD, true, new PredictableRandom(1)));
        assertArrayEquals(before, Files.readAllBytes(path));
    }

    @Test
    void create_file_isReadableByItsOwnerOnly() throws Exception {
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        assertFalse(Files.exists(shared.resolve("keys.bcfks.new")));
    }

    @Test
    void open_absentFileOrWrongPassword_isKeysMissing() {
        assertCode(Code.KEYS_MISSING, () -> BcfksKeyProvider.open(folder.resolve("none"), PASSWORD));
        assertCode(Code.KEYS_MISSING, () -> BcfksKeyProvider.open(folder, PASSWORD));
        assertCode(Code.KEYS_MISSING, () -> BcfksKeyProvider.open(path, SecretBytes.copyOf("wrong".getBytes(UTF_8))));
        assertCode(Code.KEYS_MISSING, () -> BcfksKeyProvider.open(path, SecretBytes.copyOf(new byte[] {-1})));
    }

    @Test
    void open_damagedFile_isKeysMissing() throws Exception {
        byte[] whole = Files.readAllBytes(path);
        Path damagedPath = copy();
        for (int place : new int[] {0, whole.length / 2, whole.length - 1}) {
            byte[] damaged = whole.clone();
            damaged[place] ^= 0x55;
            Files.write(damagedPath, damaged);
            assertCode(Code.KEYS_MISSING, () -> BcfksKeyProvider.open(damagedPath, PASSWORD));
        }
        Files.write(damagedPath, Arrays.copyOf(whole, whole.length / 2));
        assertCode(Code.KEYS_MISSING, () -> BcfksKeyProvider.open(damagedPath, PASSWORD));
        Files.write(damagedPath, new byte[0]);
        assertCode(Code.KEYS_MISSING, () -> BcfksKeyProvider.open(damagedPath, PASSWORD));
    }

    @Test
    void mac_ofParts_isHmacOverLengthPrefixedParts() throws Exception {
        byte[] key = new PredictableRandom(9).bytes(32);
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        byte[] joined = {0, 0, 0, 2, 5, 6, 0, 0, 0, 0, 0, 0, 0, 1, 7};
        assertEquals(
                Hash.of(mac.doFinal(joined)),
                Hash.of(Hmac.keyed(SecretBytes.copyOf(key))
                        .doFinal(LengthPrefixed.join(new byte[] {5, 6}, new byte[0], new byte[] {7}))));
        assertNotEquals(
                keys.mac(KeyName.DATASET_MAC, new byte[] {1, 2}, new byte[] {3}),
                keys.mac(KeyName.DATASET_MAC, new byte[] {1}, new byte[] {2, 3}));
    }

    @Test
    void sign_isVerifiableUnderThePublicKey() {
        byte[] signature = keys.sign(KeyName.LEDGER_SIGNING, AAD);
        assertTrue(Ed25519.verify(keys.publicKey(KeyName.LEDGER_SIGNING), AAD, signature));
    }

    @Test
    void unwrap_elsewhere_isRefused() {
        var wrapped = keys.wrap(KeyName.LEDGER_KEK, SecretBytes.copyOf(new byte[32]), AAD);
        assertCode(Code.INTERNAL, () -> keys.unwrap(KeyName.LEDGER_KEK, wrapped, new byte[] {1, 3}));
        assertCode(Code.INTERNAL, () -> keys.unwrap(KeyName.DATASET_KEK, wrapped, AAD));
        var relabelled = new WrappedKey(KeyName.DATASET_KEK, 1, wrapped.blob());
        assertCode(Code.INTERNAL, () -> keys.unwrap(KeyName.DATASET_KEK, relabelled, AAD));
        var ofTheFuture = new WrappedKey(KeyName.LEDGER_KEK, 2, wrapped.blob());
        assertCode(Code.KEYS_MISSING, () -> keys.unwrap(KeyName.LEDGER_KEK, ofTheFuture, AAD));
    }

    /** What an old generation wrapped opens no more, in this process and from the file; the newest one always stays. */
    @Test
    void retire_olderGenerations_areGoneForGood() {
        Path file = copy();
        var store = BcfksKeyProvider.open(file, PASSWORD);
        var old = store.wrap(KeyName.LEDGER_KEK, SecretBytes.copyOf(new byte[32]), AAD);
        assertEquals(1, store.oldestGeneration(KeyName.LEDGER_KEK));
        store.rotate(KeyName.LEDGER_KEK);
        store.rotate(KeyName.LEDGER_KEK);
        var young = store.wrap(KeyName.LEDGER_KEK, SecretBytes.copyOf(new byte[32]), AAD);
        store.retire(KeyName.LEDGER_KEK, 3);
        for (var provider : List.of(store, BcfksKeyProvider.open(file, PASSWORD))) {
            assertEquals(3, provider.oldestGeneration(KeyName.LEDGER_KEK));
            assertEquals(3, provider.status(KeyName.LEDGER_KEK).generation());
            assertCode(Code.KEYS_MISSING, () -> provider.unwrap(KeyName.LEDGER_KEK, old, AAD));
            assertEquals(SecretBytes.copyOf(new byte[32]), provider.unwrap(KeyName.LEDGER_KEK, young, AAD));
        }
        store.retire(KeyName.LEDGER_KEK, 2);
        store.retire(KeyName.LEDGER_KEK, 99);
        assertEquals(SecretBytes.copyOf(new byte[32]), store.unwrap(KeyName.LEDGER_KEK, young, AAD));
        store.rotate(KeyName.LEDGER_KEK);
        assertEquals(
                4,
                BcfksKeyProvider.open(file, PASSWORD).status(KeyName.LEDGER_KEK).generation());
        store.destroy(KeyName.LEDGER_KEK);
        assertEquals(0, store.oldestGeneration(KeyName.LEDGER_KEK));
        assertEquals(0, store.oldestGeneration(new KeyName("absent")));
    }

    @Test
    void rotate_kek_opensOldAndWrapsNew() {
        Path mine = copy();
        var rotating = BcfksKeyProvider.open(mine, PASSWORD);
        var before = rotating.wrap(KeyName.LEDGER_KEK, SecretBytes.copyOf(new byte[32]), AAD);
        rotating.rotate(KeyName.LEDGER_KEK);
        var after = rotating.wrap(KeyName.LEDGER_KEK, SecretBytes.copyOf(new byte[32]), AAD);
        assertEquals(1, before.generation());
        assertEquals(2, after.generation());
        var opened = BcfksKeyProvider.open(mine, PASSWORD);
        assertEquals(SecretBytes.copyOf(new byte[32]), opened.unwrap(KeyName.LEDGER_KEK, before, AAD));
        assertEquals(SecretBytes.copyOf(new byte[32]), opened.unwrap(KeyName.LEDGER_KEK, after, AAD));
        assertEquals(new KeyStatus(KeyName.LEDGER_KEK, 2, KeyStatus.State.ACTIVE), opened.status(KeyName.LEDGER_KEK));
    }

    /** As text, generation 10 would come before generation 2. */
    @Test
    void rotate_fileThatAnotherProcessHasChanged_isRefused() {
        Path file = copy();
        var one = BcfksKeyProvider.open(file, PASSWORD);
        var other = BcfksKeyProvider.open(file, PASSWORD);
        one.rotate(KeyName.LEDGER_KEK);
        var wrapped = one.wrap(KeyName.LEDGER_KEK, SecretBytes.copyOf(new byte[] {7}), AAD);
        assertCode(Code.STATE_CONFLICT, () -> other.rotate(KeyName.LEDGER_KEK));
        one.rotate(KeyName.LEDGER_KEK);
        assertArrayEquals(
                new byte[] {7},
                BcfksKeyProvider.open(file, PASSWORD)
                        .unwrap(KeyName.LEDGER_KEK, wrapped, AAD)
                        .reveal());
    }

    @Test
    void read_moreThanNineGenerations_keepsTheOrder() {
        var random = new PredictableRandom(3);
        var key = new RootKey(KeyAlgorithm.AES_256, List.of());
        for (int i = 0; i < 11; i++) {
            key = key.rotated(SecretBytes.random(32, random));
        }
        var file = new KeyFile(folder.resolve("many.bcfks"), PASSWORD);
        file.write(new KeyFile.Content(Map.of(KeyName.LEDGER_KEK, key), false));
        assertEquals(key, file.read().keys().get(KeyName.LEDGER_KEK));
    }

    @Test
    void destroy_key_isGoneForEver() {
        Path mine = copy();
        var destroying = BcfksKeyProvider.open(mine, PASSWORD);
        var wrapped = destroying.wrap(KeyName.LEDGER_KEK, SecretBytes.copyOf(new byte[32]), AAD);
        destroying.destroy(KeyName.LEDGER_KEK);
        for (var provider : List.of(destroying, BcfksKeyProvider.open(mine, PASSWORD))) {
            assertEquals(
                    KeyStatus.State.DESTROYED,
                    provider.status(KeyName.LEDGER_KEK).state());
            assertCode(Code.KEYS_MISSING, () -> provider.unwrap(KeyName.LEDGER_KEK, wrapped, AAD));
            assertCode(Code.KEYS_MISSING, () -> provider.rotate(KeyName.LEDGER_KEK));
            assertCode(Code.KEYS_MISSING, () -> provider.destroy(KeyName.LEDGER_KEK));
        }
    }

    @Test
    void use_withAnotherAlgorithmOrUnknownName_isRefused() {
        assertCode(Code.INTERNAL, () -> keys.sign(KeyName.LEDGER_KEK, AAD));
        assertCode(Code.INTERNAL, () -> keys.mac(KeyName.LEDGER_SIGNING, AAD));
        assertCode(Code.INTERNAL, () -> keys.publicKey(KeyName.DATASET_MAC));
        var unknown = new KeyName("nobody");
        assertCode(Code.KEYS_MISSING, () -> keys.mac(unknown, AAD));
        assertEquals(new KeyStatus(unknown, 0, KeyStatus.State.ABSENT), keys.status(unknown));
    }

    @Test
    void create_providerList_isLeftAlone() {
        assertNull(Security.getProvider("BC"));
    }

    /** The Quarkus BOM sets an older BouncyCastle; ours must win. */
    @Test
    void bouncyCastle_version_isThePinnedOne() {
        assertEquals("1.87", new BouncyCastleProvider().getVersionStr());
    }

    /** The CLI is one shaded jar: BouncyCastle's signature files do not survive there. */
    @Test
    void open_fromAJarWithoutSignatures_works() throws Exception {
        Path stripped = folder.resolve("stripped.jar");
        var signed = Path.of(BouncyCastleProvider.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (var jar = new JarFile(signed.toFile());
                var out = new ZipOutputStream(Files.newOutputStream(stripped))) {
            out.setLevel(0);
            for (var entry : Collections.list(jar.entries())) {
                if (entry.getName().matches("META-INF/.*\\.(SF|DSA|RSA|EC)|META-INF/MANIFEST\\.MF")) {
                    continue;
                }
                out.putNextEntry(new ZipEntry(entry.getName()));
                jar.getInputStream(entry).transferTo(out);
            }
        }
        URL[] classPath = {
            stripped.toUri().toURL(),
            KeyProvider.class.getProtectionDomain().getCodeSource().getLocation(),
            ForeignClassPath.class.getProtectionDomain().getCodeSource().getLocation()
        };
        try (var loader = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
            @SuppressWarnings("unchecked") // the class says so, but it is another loader's class
            var foreign = (Function<Path, String>) loader.loadClass("io.tamis.crypto.ForeignClassPath")
                    .getDeclaredConstructor()
                    .newInstance();
            assertEquals("true true", foreign.apply(folder.resolve("foreign.bcfks")));
        }
    }

    private static void assertCode(Code code, Executable action) {
        assertEquals(code, assertThrows(CryptoException.class, action).code());
    }
}
