package io.tamis.ledger.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import io.tamis.ledger.LedgerException;
import io.tamis.log.Origin;
import io.tamis.log.VerifierKey;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PeersTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final VerifierKey LOG = new VerifierKey(new Origin("log.example/2026"), new byte[32]);

    @Test
    void configured_urlsAndKeys_arePairedInOrder() {
        try (var one = new TestWitness("w.example/1", LOG);
                var two = new TestWitness("w.example/2", LOG)) {
            var peers =
                    peers(List.of("https://a.example/x", "http://b.example/y/"), List.of(one.vkey(), two.vkey()), 2);
            assertEquals(
                    List.of(
                            URI.create("https://a.example/x/add-checkpoint"),
                            URI.create("http://b.example/y/add-checkpoint")),
                    peers.all().stream().map(Peer::url).toList());
            assertEquals(
                    List.of("w.example/1", "w.example/2"),
                    peers.all().stream().map(Peer::name).toList());
            assertTrue(peers.attainable());
        }
    }

    @Test
    void none_withAQuorum_isNotAttainable() {
        assertFalse(new Peers(Optional.empty(), Optional.empty(), 1, TIMEOUT).attainable());
        assertTrue(new Peers(Optional.empty(), Optional.empty(), 0, TIMEOUT).attainable());
    }

    @Test
    void oneKeyTwice_isRefused_alsoUnderAnotherUrl() {
        try (var one = new TestWitness("w.example/1", LOG)) {
            assertInvalid(List.of("https://a.example", "https://b.example"), List.of(one.vkey(), one.vkey()));
        }
    }

    @Test
    void whatIsNotAsDocumented_isRefused() {
        try (var one = new TestWitness("w.example/1", LOG)) {
            String key = one.vkey();
            assertInvalid(List.of("https://a.example"), List.of());
            assertInvalid(List.of(), List.of(key));
            for (String url : List.of(
                    "ftp://a.example",
                    "a.example",
                    "https://",
                    "https://a.example?x=1",
                    "https://u:p@a.example",
                    "https://a.example/#f",
                    "https://a b",
                    "https://a.example/" + "x".repeat(600))) {
                assertInvalid(List.of(url), List.of(key));
            }
            for (String bad : List.of("", "w.example/1", key + "A", key.replace("w.example/1", "w.example/2"))) {
                assertInvalid(List.of("https://a.example"), List.of(bad));
            }
            // A log's key signs no cosignatures: a log that is its own witness is none.
            assertInvalid(List.of("https://a.example"), List.of(LOG.toString()));
        }
        assertThrows(LedgerException.class, () -> new Peers(List.of(), -1, TIMEOUT));
        assertThrows(LedgerException.class, () -> new Peers(List.of(), 17, TIMEOUT));
        assertThrows(LedgerException.class, () -> new Peers(List.of(), 0, Duration.ZERO));
        assertThrows(LedgerException.class, () -> new Peers(List.of(), 0, Duration.ofHours(1)));
        try (var one = new TestWitness("w.example/1", LOG)) {
            var many = Collections.nCopies(17, one.peer());
            assertThrows(LedgerException.class, () -> new Peers(many, 1, TIMEOUT));
        }
    }

    private static Peers peers(List<String> urls, List<String> keys, int quorum) {
        return new Peers(Optional.of(urls), Optional.of(keys), quorum, TIMEOUT);
    }

    private static void assertInvalid(List<String> urls, List<String> keys) {
        var refused = assertThrows(LedgerException.class, () -> peers(urls, keys, 1), urls + " " + keys);
        assertEquals(Code.WITNESS_INVALID, refused.code());
    }
}
