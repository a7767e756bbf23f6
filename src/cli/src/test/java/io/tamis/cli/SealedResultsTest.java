package io.tamis.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.client.FakeService;
import io.tamis.cli.client.TestShell;
import io.tamis.cli.merchant.ResultKeys;
import io.tamis.crypto.KeySet;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.Hash;
import io.tamis.data.RandomSource;
import io.tamis.he.Aggregate;
import io.tamis.he.Alignment;
import io.tamis.he.Bfv;
import io.tamis.he.CipherHeader;
import io.tamis.he.CipherKind;
import io.tamis.he.CollectiveKey;
import io.tamis.he.Encoding;
import io.tamis.he.Encryptor;
import io.tamis.he.HeParams;
import io.tamis.he.KeyEpoch;
import io.tamis.he.NoiseBounds;
import io.tamis.he.ring.Seed;
import io.tamis.he.threshold.ActiveSet;
import io.tamis.he.threshold.Combiner;
import io.tamis.he.threshold.HolderIndex;
import io.tamis.he.threshold.KeyCandidates;
import io.tamis.he.threshold.MerchantKey;
import io.tamis.he.threshold.OpenRequest;
import io.tamis.he.threshold.OpenedMax;
import io.tamis.he.threshold.Outputs;
import io.tamis.he.threshold.ShareMaker;
import io.tamis.he.threshold.SwitchedSum;
import io.tamis.he.threshold.ZeroShares;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A merchant's key pair and what was released to it, with one key holder in the place of several. */
class SealedResultsTest {
    private static final String JOB = "job_0190163d-8694-739b-aea5-966c26f8ad90";
    private static final String PASSWORD = "a password of a good length";
    private static final RandomSource RANDOM = new SplittableRandom(11)::nextBytes;
    private static final Bfv SCHEME = Bfv.of(HeParams.AGG_8192);
    private static final long VALUE = 5_000;

    @TempDir
    Path folder;

    private FakeService service;
    private TestShell shell;

    @BeforeEach
    void start() throws IOException {
        service = new FakeService();
        shell = TestShell.of(service, folder);
        Files.writeString(folder.resolve("password"), PASSWORD);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void merchantKey_made_isTheOwnersAlone_andTheSameAgain() throws IOException {
        assertEquals(0, key("mine"));
        assertEquals(
                PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(folder.resolve("mine")));
        byte[] file = Files.readAllBytes(folder.resolve("mine"));
        String hash = shell.out().trim();
        assertEquals(publicKey("mine").hash().hex(), hash);
        assertEquals(0, key("mine", "--json"));
        assertTrue(shell.out().contains("{\"key\":\"" + hash + "\",\"profile\":\"AGG-8192\",\"uploaded\":false}"));
        assertArrayEquals(file, Files.readAllBytes(folder.resolve("mine")));
        assertTrue(service.asked().isEmpty());
    }

    @Test
    void merchantKey_ofEachProfileAndFile_isAnotherKey() {
        key("mine");
        key("mine", "--profile", "AGG-8192-HI");
        key("other");
        assertEquals(3, shell.out().lines().distinct().count());
    }

    @Test
    void merchantKey_uploaded_sendsThePublicKeyAlone() {
        service.on("POST /v1/merchant-keys", 201, "{\"hash\":\"00\"}");
        assertEquals(0, key("mine", "--upload"));
        var asked = service.lastAsked();
        assertEquals("application/octet-stream", asked.headers().get("Content-type"));
        assertEquals(
                new String(publicKey("mine").bytes(), StandardCharsets.UTF_8),
                asked.text(),
                "the key's bytes, as text");
    }

    @Test
    void merchantKey_ofAWrongPasswordOrStoreOrProfile_isRefused() throws IOException {
        key("mine");
        Files.writeString(folder.resolve("password"), PASSWORD + "!");
        assertEquals(2, key("mine"));
        Files.writeString(folder.resolve("password"), PASSWORD);
        try (var password = password()) {
            io.tamis.crypto.BcfksKeyProvider.create(
                    folder.resolve("platform"), password, false, RANDOM, KeySet.PLATFORM);
        }
        assertEquals(2, key("platform"));
        assertEquals(2, key("fresh", "--profile", "AGG-1"));
        assertFalse(Files.exists(folder.resolve("fresh")));
        assertFalse(shell.err().contains(PASSWORD));
    }

    @Test
    void open_printsSegmentValueAndInterval_andJson() {
        key("mine");
        ready(sealed(publicKey("mine"), VALUE));
        assertEquals(0, open("mine"));
        assertTrue(shell.out().contains("5003 [3763, 6243]"), shell.out());
        assertTrue(shell.out().contains("beta"));
        assertTrue(shell.out().contains("suppressed"));
        assertEquals(0, open("mine", "--json"));
        assertTrue(shell.out().contains("{\"cells\":[{\"ci95\":[3763,6243],\"stdDev\":\"632.46\",\"value\":5003},"));
    }

    @Test
    void open_withAnotherKey_isOneRefusal_withoutAValue() {
        key("mine");
        key("other");
        ready(sealed(publicKey("mine"), VALUE));
        assertEquals(1, open("other"));
        assertTrue(shell.err().contains("does not open with this key"), shell.err());
        assertFalse(shell.out().contains("ci95"));
    }

    @Test
    void open_ofBytesThatAreNotTheOnesNamed_isRefused() {
        key("mine");
        byte[] sealed = sealed(publicKey("mine"), VALUE);
        byte[] changed = sealed.clone();
        changed[changed.length - 1] ^= 1;
        ready(sealed);
        service.on("GET " + path(sealed), 200, "application/octet-stream", changed);
        assertEquals(0, open("mine"));
        assertEquals(1, open("mine"));
    }

    /** Beyond what was declared: a wrong share, which the service could not see. */
    @Test
    void open_ofAValueBeyondItsBound_isRefused() {
        key("mine");
        ready(sealed(publicKey("mine"), 2_000_000));
        assertEquals(1, open("mine"));
        assertTrue(shell.err().contains("does not open"));
    }

    @Test
    void open_ofAResultWithNothingSealed_saysSo() {
        key("mine");
        service.on("GET /v1/jobs/" + JOB + "/result", 200, envelope("{\"value\":1,\"stdDev\":1,\"ci95\":[0,2]}"));
        assertEquals(1, open("mine"));
        assertTrue(shell.err().contains("job result shows it"));
    }

    @Test
    void result_ofASealedNumber_saysHowItIsOpened() {
        service.on("GET /v1/jobs/" + JOB + "/result", 200, envelope(cell(new byte[0])));
        assertEquals(0, run("job", "result", JOB));
        assertTrue(shell.out().contains("sealed (job open)"));
    }

    private void ready(byte[] sealed) {
        service.on("GET /v1/jobs/" + JOB + "/result", 200, envelope(cell(sealed)))
                .on("GET " + path(sealed), 200, "application/octet-stream", sealed);
    }

    private static String path(byte[] sealed) {
        return "/v1/jobs/" + JOB + "/sealed-results/" + Hash.sha256(sealed).hex();
    }

    private static String cell(byte[] sealed) {
        return "{\"sealed\":\"" + Hash.sha256(sealed).hex()
                + "\",\"stdDev\":\"632.46\",\"halfWidth95\":1240,\"neverNegative\":true}";
    }

    private static String envelope(String cell) {
        return """
            {"jobId":"%s","state":"SUCCEEDED","cached":false,
             "privacy":{"mechanism":"ZCDP_GAUSSIAN","rhoMicro":3000,"deltaSel":"0","minUsers":100,"remaining":[]},
             "result":{"columns":["arm","sum","users:shop"],
              "rows":[{"key":["alpha"],"cells":[null,null]},
               {"key":["beta"],"cells":[%s,{"value":300,"stdDev":"22.37","ci95":[257,343]}]}],
              "notes":["SUMS_ARE_SEALED"]},
             "receipt":{"eventId":"0190163d-8694-739b-aea5-966c26f8ad91","index":9}}""".formatted(JOB, cell);
    }

    private MerchantKey publicKey(String file) {
        try (var password = password();
                var pair = ResultKeys.open(folder.resolve(file), password).pair(SCHEME)) {
            return pair.key();
        }
    }

    private static SecretBytes password() {
        return SecretBytes.copyOf(PASSWORD.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] sealed(MerchantKey merchant, long value) {
        var common = Seed.random(RANDOM);
        var candidates = new KeyCandidates(SCHEME, common);
        var own = Seed.random(RANDOM);
        var key = CollectiveKey.of(SCHEME, common, List.of(candidates.b(own)));
        var header = new CipherHeader(
                CipherKind.PUBLIC_KEY,
                SCHEME.params(),
                new KeyEpoch(1),
                new Alignment(1, Hash.sha256()),
                0,
                Encoding.TAGS,
                1);
        var sum = Aggregate.sum(
                SCHEME,
                List.of(new Encryptor(key)
                        .encrypt(header, new long[] {value}, Seed.random(RANDOM), Seed.random(RANDOM))));
        var active = ActiveSet.of(1);
        var request = new OpenRequest(
                active, Outputs.FIRST, NoiseBounds.ofMasked(SCHEME.params(), 1, 1), ZeroShares.nothingToHide());
        try (var secret = candidates.secret(own);
                var share = secret.asShare(new HolderIndex(1), 1)) {
            var switched = new Combiner(SCHEME)
                    .switched(
                            sum,
                            active,
                            List.of(new ShareMaker(share, RANDOM).share(request, sum, new long[] {3}, merchant)));
            return new SwitchedSum(Hash.sha256(), merchant.hash(), sum.hash(), new OpenedMax(1_000_000), switched)
                    .bytes(SCHEME);
        }
    }

    private int key(String file, String... more) {
        return run(with(
                more,
                "keys",
                "merchant-key",
                "--out",
                folder.resolve(file).toString(),
                "--password-file",
                folder.resolve("password").toString()));
    }

    private int open(String file, String... more) {
        return run(with(
                more,
                "job",
                "open",
                JOB,
                "--key",
                folder.resolve(file).toString(),
                "--password-file",
                folder.resolve("password").toString()));
    }

    private static String[] with(String[] more, String... arguments) {
        return java.util.stream.Stream.concat(java.util.Arrays.stream(arguments), java.util.Arrays.stream(more))
                .toArray(String[]::new);
    }

    private int run(String... arguments) {
        return TamisCli.run(shell.shell(), arguments);
    }
}
