package io.tamis.ledger.witness;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.PartyId;
import io.tamis.data.Role;
import io.tamis.ledger.Events;
import io.tamis.ledger.Ledger;
import io.tamis.ledger.Logs;
import io.tamis.ledger.PublishedLog;
import io.tamis.log.EventType;
import io.tamis.log.ExportResult;
import io.tamis.log.LogExport;
import io.tamis.log.SignedNote;
import io.tamis.log.TreeHead;
import io.tamis.log.VerifierKey;
import io.tamis.log.Witnesses;
import io.tamis.server.TamisTest;
import io.tamis.server.TestApi;
import io.tamis.server.TestTokens;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service's own log, cosigned by witnesses over HTTP: good, slow, absent and lying ones. */
@TamisTest
class WitnessingTest {
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);

    @Inject
    Jdbi jdbi;

    @Inject
    Ledger ledger;

    @Inject
    Logs logs;

    @Inject
    Events events;

    @Inject
    VerifierKey logKey;

    @Inject
    SwitchedCosignatures switched;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final Alarms alarms = new Alarms(new SimpleMeterRegistry());

    /** One replica's client of some witnesses. */
    private final class Client implements AutoCloseable {
        final StoredCosignatures store;
        final List<Asking> asking = new ArrayList<>();
        final List<Thread> threads = new ArrayList<>();
        final List<WitnessClient> http = new ArrayList<>();

        Client(int quorum, List<Peer> all) {
            var peers = new Peers(all, quorum, TIMEOUT);
            store = new StoredCosignatures(peers, new CosignatureRows(jdbi), ledger, logs, alarms);
            var round = new Round(Math.max(1, quorum), TIMEOUT);
            for (Peer peer : all) {
                var client = new WitnessClient(peer, TIMEOUT);
                var one = new Asking(peer, client, logs, store, round, alarms);
                http.add(client);
                asking.add(one);
                threads.add(Thread.ofPlatform().daemon().start(one));
            }
        }

        boolean covered(Duration max) {
            return store.awaitQuorum(entry(), max);
        }

        @Override
        public void close() {
            asking.forEach(Asking::stop);
            http.forEach(WitnessClient::close);
            threads.forEach(Thread::interrupt);
            WitnessingTest.await(() -> threads.stream().noneMatch(Thread::isAlive));
        }
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    @Test
    void quorumOfOne_covers_andTheNoteHasTheLine() {
        var witness = witness();
        var client = client(1, witness.peer());
        assertTrue(client.covered(LONG));
        PublishedLog.Published cosigned =
                client.store.newest(logs.open().origin()).orElseThrow();
        assertTrue(cosigned.note().verifiedBy(VerifierKey.parse(witness.vkey())));
        assertTrue(cosigned.note().verifiedBy(logKey));
        assertEquals(logs.open().headAt(cosigned.head().size()), cosigned.head());
        var bare = cosigned.note().signatures().stream()
                .filter(line -> !line.name().equals(witness.peer().name()))
                .toList();
        assertEquals(
                cosigned.note(),
                client.store.cosigned(new SignedNote(cosigned.note().text(), bare)));
    }

    @Test
    void growingLog_isCosignedAgainAndAgain() {
        var witness = witness();
        var client = client(1, witness.peer());
        for (int i = 0; i < 5; i++) {
            assertTrue(client.covered(LONG));
        }
        assertFalse(witness.answered().contains(422));
    }

    @Test
    void twoOfThree_withOneDown_cover() {
        var down = witness();
        Peer nobody = down.peer();
        down.close();
        var client = client(2, witness().peer(), nobody, witness().peer());
        for (int i = 0; i < 3; i++) {
            assertTrue(client.covered(LONG));
        }
    }

    @Test
    void threeOfThree_meetOnOneCheckpointWhileTheLogGrows() {
        var client = client(3, witness().peer(), witness().peer(), witness().peer());
        for (int i = 0; i < 5; i++) {
            entry();
            assertTrue(client.covered(LONG));
        }
        var newest = client.store.newest(logs.open().origin()).orElseThrow();
        assertEquals(3, newest.note().signatures().size() - ownLines());
    }

    @Test
    void twoOfTwo_withOneDown_doNotCover_andTheNextWaitLooksOnly() {
        var down = witness();
        Peer nobody = down.peer();
        down.close();
        var client = client(2, witness().peer(), nobody);
        assertFalse(client.covered(SHORT));
        // Would be an hour: the wait before it was in vain.
        assertFalse(client.covered(Duration.ofHours(1)));
    }

    @Test
    void slowWitness_holdsNobodyUp_andCountsWhenItComes() {
        var slow = witness();
        var gate = new CountDownLatch(1);
        slow.before(() -> {
            try {
                if (!gate.await(30, TimeUnit.SECONDS)) {
                    throw new AssertionError("never opened");
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
        var quick = witness();
        var one = client(1, quick.peer(), slow.peer());
        assertTrue(one.covered(LONG));
        var both = client(2, quick.peer(), slow.peer());
        EventId event = entry();
        assertFalse(both.store.awaitQuorum(event, SHORT));
        gate.countDown();
        await(() -> both.store.covers(event));
    }

    @Test
    void lyingWitness_badSignature_countsForNothingAndAlarms() {
        var liar = witness();
        liar.lie(
                text -> text.replaceFirst("A{2,3}", "BCD").replaceFirst("(.{20})=*\\n$", "AAAAAAAAAAAAAAAAAAAAAA==\n"));
        var client = client(1, liar.peer());
        await(() -> alarms.isRaised(liar.peer().name(), Alarms.Kind.NONSENSE));
        assertFalse(client.covered(SHORT));
    }

    @Test
    void lyingWitness_anotherKeysCosignature_countsForNothingAndAlarms() {
        var other = witness();
        var liar = witness();
        liar.lie(text -> "\u2014 " + other.peer().name() + " " + text.split(" ", -1)[2]);
        var client = client(1, liar.peer());
        await(() -> alarms.isRaised(liar.peer().name(), Alarms.Kind.NONSENSE));
        assertFalse(client.covered(SHORT));
    }

    @Test
    void lyingWitness_anotherCheckpointsCosignature_countsForNothingAndAlarms() {
        var liar = witness();
        var first = liar.cosign("example.com/other\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n");
        liar.lie(text -> "\u2014 " + first.name() + " " + first.base64() + "\n");
        var client = client(1, liar.peer());
        await(() -> alarms.isRaised(liar.peer().name(), Alarms.Kind.NONSENSE));
        assertFalse(client.covered(SHORT));
    }

    @Test
    void lyingWitness_extraLinesOfOthers_areIgnored() {
        var chatty = witness();
        chatty.lie(text -> "\u2014 stranger.example AAAAAAAA\n" + text);
        assertTrue(client(1, chatty.peer()).covered(LONG));
    }

    @Test
    void witnessOfALargerTree_alarms_becauseWeWentBackOrAnotherHasOurKey() {
        var witness = witness();
        witness.remember(logs.open().origin(), new TreeHead(Long.MAX_VALUE, Hash.sha256(new byte[] {1})));
        var client = client(1, witness.peer());
        await(() -> alarms.isRaised(witness.peer().name(), Alarms.Kind.AHEAD));
        assertFalse(client.covered(SHORT));
    }

    @Test
    void witnessOfAnotherTree_alarms_andASplitViewGetsNoQuorum() {
        entry();
        long size = published().head().size();
        var fooled = witness();
        fooled.remember(logs.open().origin(), new TreeHead(size, Hash.sha256(new byte[] {1})));
        var honest = witness();
        var client = client(2, honest.peer(), fooled.peer());
        EventId event = entry();
        await(() -> alarms.isRaised(fooled.peer().name(), Alarms.Kind.FORK));
        assertFalse(client.store.awaitQuorum(event, SHORT));
        await(() -> honest.answered().contains(200));
        assertFalse(alarms.isRaised(honest.peer().name(), Alarms.Kind.FORK));
    }

    @Test
    void witnessThatDoesNotKnowTheLog_alarms_untilItDoes() {
        var stranger = new VerifierKey(new io.tamis.log.Origin("example.com/other"), new byte[32]);
        var ignorant = keep(new TestWitness("w.example/" + NAMES.incrementAndGet(), stranger));
        var client = client(1, ignorant.peer());
        await(() -> alarms.isRaised(ignorant.peer().name(), Alarms.Kind.REFUSED));
        assertFalse(client.covered(SHORT));
    }

    @Test
    void restartedClient_goesOnWhereTheWitnessIs() {
        var witness = witness();
        var first = client(1, witness.peer());
        assertTrue(first.covered(LONG));
        first.close();
        entry();
        int before = witness.answered().size();
        var second = client(1, witness.peer());
        assertTrue(second.covered(LONG));
        assertFalse(
                witness.answered().subList(before, witness.answered().size()).contains(409));
    }

    @Test
    void lostAnswer_isAskedForAgainUnderTheSameSize() {
        var witness = witness();
        var lost = new AtomicInteger();
        witness.lie(text -> lost.getAndIncrement() == 0 ? "" : text);
        var client = client(1, witness.peer());
        assertTrue(client.covered(LONG));
        assertEquals(200, witness.answered().getFirst());
    }

    @Test
    void rowsThatSomebodyWrote_countForNothingAndAlarm() {
        var absent = witness();
        var store = new StoredCosignatures(
                new Peers(List.of(absent.peer()), 1, TIMEOUT), new CosignatureRows(jdbi), ledger, logs, alarms);
        EventId event = entry();
        ledger.await(event);
        var other = witness();
        var foreign = other.cosign(published().note().text());
        new CosignatureRows(jdbi)
                .insert(
                        logs.open().origin(),
                        published().head().size(),
                        absent.peer().key(),
                        foreign);
        assertFalse(store.covers(event));
        assertTrue(alarms.isRaised(absent.peer().name(), Alarms.Kind.TABLE));
        assertTrue(store.newest(logs.open().origin()).isEmpty());
    }

    /** A row of a size that is not reached yet hides nothing: not the true ones, and not where the witness is. */
    @Test
    void rowOfAHugeSize_pinsNothing() {
        var witness = witness();
        new CosignatureRows(jdbi)
                .insert(
                        logs.open().origin(),
                        Long.MAX_VALUE,
                        witness.peer().key(),
                        witness.cosign(published().note().text()));
        var client = client(1, witness.peer());
        assertTrue(client.covered(LONG));
        long size = published().head().size();
        long known = client.store.largest(logs.open().origin(), witness.peer().key());
        assertTrue(known > 0 && known <= published().head().size(), () -> known + " of " + size);
        assertTrue(client.store.newest(logs.open().origin()).isPresent());
    }

    @Test
    void anotherReplica_readsWhatTheLeaderStored() {
        var witness = witness();
        var leader = client(1, witness.peer());
        EventId event = entry();
        assertTrue(leader.store.awaitQuorum(event, LONG));
        var follower = new StoredCosignatures(
                new Peers(List.of(witness.peer()), 1, TIMEOUT), new CosignatureRows(jdbi), ledger, logs, alarms);
        assertTrue(follower.covers(event));
    }

    @Test
    void job_onIdentifyingColumns_isAnsweredWithAWitness_andRefusedWithout() {
        var csv = new StringBuilder("person,arm,spend\n");
        for (int i = 0; i < 120; i++) {
            csv.append("p").append(i).append(",alpha,1.50\n");
        }
        TestApi.load("lab-12", 1, csv.toString()).then().statusCode(201);
        String people = "{\"measures\":[{\"id\":\"people\",\"kind\":\"COUNT_USERS\"}]}";
        var witness = witness();
        switched.use(client(1, witness.peer()).store);
        try {
            TestApi.answer("witnessed-a", TestApi.job("j-1", "lab-12", 1, people, "{\"rhoMicro\":100}"));
            assertTrue(witness.answered().contains(200));
            witness.close();
            String job = TestApi.submit("witnessed-b", TestApi.job("j-1", "lab-12", 1, people, "{\"rhoMicro\":101}"))
                    .then()
                    .statusCode(202)
                    .extract()
                    .path("jobId");
            TestApi.await("witnessed-b", job)
                    .then()
                    .body("state", equalTo("REFUSED"))
                    .body("cause", equalTo("WITNESS_UNAVAILABLE"));
        } finally {
            switched.useOwn();
        }
    }

    /** What an officer downloads holds for whoever counts witnesses; without them it says no more than it has. */
    @Test
    void export_overHttp_endsAtACheckpointTheQuorumHasCosigned_andSaysSoWhenItHasNot(@TempDir Path folder)
            throws IOException {
        var witness = witness();
        var trusted = new Witnesses(List.of(VerifierKey.parse(witness.vkey())), 1);
        switched.use(client(1, witness.peer()).store);
        try {
            long before = published().head().size();
            var cosigned = exported(folder.resolve("cosigned"));
            assertTrue(trusted.metBy(cosigned.note()));
            assertTrue(cosigned.checkpoint().head().size() > before, "it tells of itself");
            witness.close();
            assertFalse(trusted.metBy(exported(folder.resolve("alone")).note()));
        } finally {
            switched.useOwn();
        }
    }

    private ExportResult.Verified exported(Path folder) throws IOException {
        byte[] zip = TestApi.request()
                .auth()
                .oauth2(TestTokens.of(Role.COMPLIANCE_OFFICER, "audit-office"))
                .get("/v1/ledger/export")
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path file = folder.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.write(file, in.readAllBytes());
            }
        }
        return assertInstanceOf(ExportResult.Verified.class, LogExport.read(folder, logKey));
    }

    @Test
    void replicaThatDoesNotLead_asksNobody() throws InterruptedException {
        var witness = witness();
        var following = new Logs() {
            @Override
            public PublishedLog open() {
                return logs.open();
            }

            @Override
            public List<PublishedLog> all() {
                return logs.all();
            }

            @Override
            public boolean leading() {
                return false;
            }
        };
        var peers = new Peers(List.of(witness.peer()), 1, TIMEOUT);
        var store = new StoredCosignatures(peers, new CosignatureRows(jdbi), ledger, following, alarms);
        var http = new WitnessClient(witness.peer(), TIMEOUT);
        var asking = new Asking(witness.peer(), http, following, store, new Round(1, TIMEOUT), alarms);
        var thread = Thread.ofPlatform().daemon().start(asking);
        assertFalse(store.awaitQuorum(entry(), SHORT));
        asking.stop();
        thread.join();
        http.close();
        assertEquals(List.of(), witness.answered());
    }

    @Test
    void noQuorumAskedFor_coversAtOnce_andWitnessesAreAskedAllTheSame() {
        var witness = witness();
        var client = client(0, witness.peer());
        assertTrue(client.store.covers(entry()));
        await(() -> client.store.newest(logs.open().origin()).isPresent());
    }

    @Test
    void quorumLargerThanTheWitnesses_isNotAttainable_andNobodyWaits() {
        var client = client(2, witness().peer());
        assertFalse(client.store.attainable());
        assertFalse(client.covered(Duration.ofHours(1)));
    }

    private TestWitness witness() {
        return keep(new TestWitness("w.example/" + NAMES.incrementAndGet(), logKey));
    }

    private Client client(int quorum, Peer... peers) {
        return keep(new Client(quorum, Arrays.asList(peers)));
    }

    private <T extends AutoCloseable> T keep(T each) {
        open.add(each);
        return each;
    }

    private EventId entry() {
        var event = events.bySystem(EventType.AUDIT_VIEWED, new PartyId("witnessing"))
                .build();
        return ledger.record(List.of(event)).getFirst().id();
    }

    private PublishedLog.Published published() {
        return logs.open().latest().orElseThrow();
    }

    private int ownLines() {
        return (int) published().note().signatures().stream()
                .filter(line -> line.name().equals(logKey.name().value()))
                .count();
    }

    /** Waits for another thread to bring something about. */
    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "did not come about");
            Thread.onSpinWait();
            java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
        }
    }
}
