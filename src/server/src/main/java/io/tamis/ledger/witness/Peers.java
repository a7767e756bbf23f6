package io.tamis.ledger.witness;

import io.tamis.data.Code;
import io.tamis.ledger.LedgerException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The witnesses this service asks, and how many of them make a quorum. */
@Singleton
class Peers {
    /** Most witnesses: a note has place for 32 signature lines, the log's own among them. */
    static final int PEERS_MAX = 16;

    private static final Duration TIMEOUT_MAX = Duration.ofMinutes(1);

    private final List<Peer> all;
    private final int quorum;
    private final Duration timeout;

    @Inject
    Peers(
            @ConfigProperty(name = "tamis.witness.urls") Optional<List<String>> urls,
            @ConfigProperty(name = "tamis.witness.keys") Optional<List<String>> keys,
            @ConfigProperty(name = "tamis.witness.quorum") int quorum,
            @ConfigProperty(name = "tamis.witness.timeout") Duration timeout) {
        this(paired(urls.orElse(List.of()), keys.orElse(List.of())), quorum, timeout);
    }

    /** One key or one name twice would be one witness that counts for two: the start ends with WITNESS_INVALID. */
    Peers(List<Peer> all, int quorum, Duration timeout) {
        var names = new HashSet<String>();
        var keys = new HashSet<String>();
        all.forEach(peer -> {
            names.add(peer.name());
            keys.add(material(peer));
        });
        boolean apart = names.size() == all.size() && keys.size() == all.size();
        boolean bounded = all.size() <= PEERS_MAX && quorum >= 0 && quorum <= PEERS_MAX;
        boolean timed = timeout.isPositive() && timeout.compareTo(TIMEOUT_MAX) <= 0;
        if (!apart || !bounded || !timed) {
            throw new LedgerException(Code.WITNESS_INVALID);
        }
        this.all = List.copyOf(all);
        this.quorum = quorum;
        this.timeout = timeout;
    }

    private static List<Peer> paired(List<String> urls, List<String> keys) {
        if (urls.size() != keys.size()) {
            throw new LedgerException(Code.WITNESS_INVALID);
        }
        var peers = new ArrayList<Peer>();
        for (int i = 0; i < urls.size(); i++) {
            peers.add(Peer.parse(urls.get(i).strip(), keys.get(i).strip()));
        }
        return peers;
    }

    /** The public key itself: it stands behind name and key id. */
    private static String material(Peer peer) {
        return peer.key().toString().split("\\+", 3)[2];
    }

    List<Peer> all() {
        return all;
    }

    int quorum() {
        return quorum;
    }

    boolean attainable() {
        return all.size() >= quorum;
    }

    /** How long one request may take, and how long the others wait for it. */
    Duration timeout() {
        return timeout;
    }
}
