package io.tamis.cli.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.audit.SigningKeys;
import io.tamis.cli.client.TestShell;
import io.tamis.crypto.SecretBytes;
import io.tamis.crypto.SystemRandom;
import io.tamis.data.Code;
import io.tamis.log.LogException;
import io.tamis.log.Origin;
import io.tamis.log.SignedNote;
import io.tamis.log.VerifierKey;
import io.tamis.log.witness.AddCheckpoint;
import io.tamis.log.witness.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A witness over HTTP, as a log meets it. */
class WitnessServerTest {
    private static final SigningKeys KEYS = new SigningKeys();
    private static final String NAME = "witness.example/w1";
    private static final InstantSource CLOCK = InstantSource.fixed(TestShell.NOW);

    @TempDir
    Path folder;

    private final SignedLog log = new SignedLog(KEYS, 60, 60);
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private VerifierKey key;
    private WitnessFiles.Opened opened;
    private WitnessServer server;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("logs"), "# known\n\n" + log.key() + "\n");
        key = files().create(new Origin(NAME), password(), new SystemRandom());
        restart();
    }

    @AfterEach
    void stop() {
        server.close();
        opened.close();
        http.close();
    }

    private void restart() {
        opened = files().open(new LogsFile(folder.resolve("logs"), true, CLOCK), password(), CLOCK);
        var any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = WitnessServer.start(any, opened.witness(), key.toString(), told::add);
    }

    private WitnessFiles files() {
        return new WitnessFiles(folder.resolve("w.bcfks"), folder.resolve("state"));
    }

    private static SecretBytes password() {
        return SecretBytes.copyOf("a password of a good length".getBytes(UTF_8));
    }

    @Test
    void addCheckpoint_answersLinesThatVerifyUnderTheCheckpoint() throws Exception {
        var answer = post(log.body(0, 7));
        assertEquals(200, answer.statusCode());
        assertTrue(answer.body().endsWith("\n"));
        assertTrue(answer.body().startsWith("\u2014 " + NAME + " "));
        // As the specification suggests: put under the checkpoint and verified as one note.
        var whole = SignedNote.parse((log.note(7).encoded() + answer.body()).getBytes(UTF_8));
        assertTrue(whole.verifiedBy(key));
        assertEquals(TestShell.NOW, whole.signedAt(key).orElseThrow());
    }

    @Test
    void addCheckpoint_eachRefusal_hasItsStatusAndItsMediaType() throws Exception {
        post(log.body(0, 7));
        var conflict = post(log.body(5, 9));
        assertEquals(409, conflict.statusCode());
        assertEquals("7\n", conflict.body());
        assertEquals(
                Verdict.SIZE_TYPE, conflict.headers().firstValue("Content-Type").orElseThrow());
        var fork = new SignedLog(KEYS, 60, 3);
        var other = post(fork.body(7, 7));
        assertEquals(409, other.statusCode());
        assertEquals("7\n", other.body());
        assertEquals(
                Verdict.SIZE_TYPE, other.headers().firstValue("Content-Type").orElseThrow());
        assertEquals(422, post(fork.body(7, 9)).statusCode());
        assertEquals(1, told.size());
        assertEquals(400, post(log.body(9, 7)).statusCode());
        assertEquals(400, post("hello".getBytes(UTF_8)).statusCode());
        assertEquals(
                403, post(new SignedLog(new SigningKeys(), 9, 9).body(7, 9)).statusCode());
        Files.writeString(folder.resolve("logs"), "# nobody\n");
        assertEquals(404, post(log.body(7, 9)).statusCode());
    }

    @Test
    void newLineInTheList_countsAtOnce_andABrokenOneStopsCosigning() throws Exception {
        Files.writeString(folder.resolve("logs"), "");
        assertEquals(404, post(log.body(0, 7)).statusCode());
        Files.writeString(folder.resolve("logs"), log.key() + "\n");
        assertEquals(200, post(log.body(0, 7)).statusCode());
        Files.writeString(folder.resolve("logs"), log.key() + "\nnot a key\n");
        assertEquals(500, post(log.body(7, 9)).statusCode());
        Files.delete(folder.resolve("logs"));
        assertEquals(500, post(log.body(7, 9)).statusCode());
        Files.writeString(folder.resolve("logs"), log.key() + "\n");
        assertEquals(200, post(log.body(7, 9)).statusCode());
        assertEquals(2, told.size());
    }

    @Test
    void nextYearsLog_isKnownByTheKeyOfThis() throws Exception {
        var next = new Origin("example.com/ledger/2027");
        var note = new io.tamis.log.Checkpoint(next, io.tamis.log.TreeHead.EMPTY)
                .sign(KEYS, io.tamis.crypto.KeyName.LEDGER_SIGNING);
        assertEquals(200, post(new AddCheckpoint(0, List.of(), note).encoded()).statusCode());
    }

    @Test
    void damagedMemory_answersAFaultAndNoCosignature() throws Exception {
        post(log.body(0, 7));
        try (var files = Files.list(folder.resolve("state"))) {
            Path kept = files.filter(file -> file.toString().endsWith(".checkpoint"))
                    .findFirst()
                    .orElseThrow();
            Files.writeString(kept, Files.readString(kept).replace("\n7\n", "\n6\n"));
        }
        var answer = post(log.body(6, 9));
        assertEquals(500, answer.statusCode());
        assertEquals("", answer.body());
    }

    @Test
    void restarted_remembers_andTwoAtATimeAreRefused() throws Exception {
        post(log.body(0, 7));
        var twice = assertThrows(
                LogException.class,
                () -> files().open(new LogsFile(folder.resolve("logs"), true, CLOCK), password(), CLOCK));
        assertEquals(Code.STATE_CONFLICT, twice.code());
        server.close();
        opened.close();
        restart();
        assertEquals("7\n", post(log.body(0, 9)).body());
        assertEquals(200, post(log.body(7, 9)).statusCode());
    }

    @Test
    void anotherKeysFolder_isRefused() {
        var other = new WitnessFiles(folder.resolve("x.bcfks"), folder.resolve("x"));
        other.create(new Origin("witness.example/w2"), password(), new SystemRandom());
        var mixed = new WitnessFiles(folder.resolve("x.bcfks"), folder.resolve("state"));
        server.close();
        opened.close();
        var refused = assertThrows(
                LogException.class,
                () -> mixed.open(new LogsFile(folder.resolve("logs"), true, CLOCK), password(), CLOCK));
        assertEquals(Code.STATE_CONFLICT, refused.code());
        restart();
    }

    @Test
    void otherCalls_areRefusedByPathAndMethod() throws Exception {
        assertEquals(404, get("/").statusCode());
        assertEquals(404, get("/add-checkpoint/x").statusCode());
        assertEquals(405, get("/add-checkpoint").statusCode());
        assertEquals(key + "\n", get("/key").body());
    }

    @Test
    void tooLargeABody_isRefusedUnread() throws Exception {
        assertEquals(400, post(new byte[AddCheckpoint.BYTES_MAX + 1]).statusCode());
        assertEquals(200, post(log.body(0, 7)).statusCode());
    }

    @Test
    void halfARequest_holdsNobodyUp() throws Exception {
        var stuck = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 4; i++) {
                var socket = new Socket(
                        server.address().getAddress(), server.address().getPort());
                socket.getOutputStream()
                        .write("POST /add-checkpoint HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nold"
                                .getBytes(UTF_8));
                socket.getOutputStream().flush();
                stuck.add(socket);
            }
            assertEquals(200, post(log.body(0, 7)).statusCode());
        } finally {
            for (Socket socket : stuck) {
                socket.close();
            }
        }
    }

    @Test
    void manyAtOnce_neverGetTwoTreesOfOneSize() throws Exception {
        var fork = new SignedLog(KEYS, 60, 0);
        var cosigned = new HashMap<Integer, String>();
        try (var threads = Executors.newFixedThreadPool(6)) {
            var turns = new ArrayList<Callable<Void>>();
            for (int thread = 0; thread < 6; thread++) {
                SignedLog mine = thread % 2 == 0 ? log : fork;
                turns.add(() -> {
                    int known = 0;
                    for (int i = 0; i < 20; i++) {
                        int size = Math.min(60, known + 1);
                        var answer = post(mine.body(known, size));
                        if (answer.statusCode() == 200) {
                            String text = mine.note(size).text();
                            synchronized (cosigned) {
                                assertEquals(text, cosigned.computeIfAbsent(size, absent -> text));
                            }
                            known = size;
                        } else if (answer.statusCode() == 409) {
                            known = Integer.parseInt(answer.body().strip());
                        }
                    }
                    return null;
                });
            }
            for (var turn : threads.invokeAll(turns)) {
                turn.get();
            }
        }
        assertFalse(cosigned.isEmpty());
    }

    private HttpResponse<String> post(byte[] body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(at("/add-checkpoint"))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString(UTF_8));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(at(path)).GET().build(), BodyHandlers.ofString(UTF_8));
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    }
}
