package io.tamis.ledger.witness;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tamis.ledger.Logs;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** Starts a thread for each witness, and says loudly when witnesses are asked for and too few are there. */
@Singleton
class WitnessStart {
    private static final Logger LOG = Logger.getLogger(WitnessStart.class);
    private static final Duration STOP_MAX = Duration.ofSeconds(2);

    private final Peers peers;
    private final Logs logs;
    private final StoredCosignatures store;
    private final Alarms alarms;
    private final MeterRegistry registry;
    private final List<Running> running = new ArrayList<>();

    private record Running(Asking asking, WitnessClient client, Thread thread) {}

    WitnessStart(Peers peers, Logs logs, StoredCosignatures store, Alarms alarms, MeterRegistry registry) {
        this.peers = peers;
        this.logs = logs;
        this.store = store;
        this.alarms = alarms;
        this.registry = registry;
    }

    void start(@Observes StartupEvent started) {
        if (!peers.attainable()) {
            LOG.errorf(
                    "%d witnesses must cosign before a column of level 4 or 5 is read, and %d are configured:"
                            + " every such question is refused (tamis.witness.urls, tamis.witness.keys)",
                    peers.quorum(), peers.all().size());
        }
        register();
        var round = new Round(Math.max(1, peers.quorum()), peers.timeout());
        for (Peer peer : peers.all()) {
            alarms.register(peer.name());
            var client = new WitnessClient(peer, peers.timeout());
            var asking = new Asking(peer, client, logs, store, round, alarms);
            var thread = Thread.ofPlatform()
                    .daemon()
                    .name("witness-" + (running.size() + 1))
                    .start(asking);
            running.add(new Running(asking, client, thread));
        }
    }

    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        running.forEach(one -> one.asking().stop());
        for (Running one : running) {
            one.client().close();
            one.thread().interrupt();
            one.thread().join(STOP_MAX);
        }
    }

    private void register() {
        Gauge.builder("tamis_witness_quorum", peers, Peers::quorum)
                .description("Witnesses that must cosign before a column of level 4 or 5 is read")
                .register(registry);
        Gauge.builder(
                        "tamis_witness_quorum_size",
                        this,
                        now -> now.store.size(now.logs.open().origin()))
                .description("Size of the newest checkpoint that a quorum has cosigned; -1 before the first")
                .register(registry);
        Gauge.builder("tamis_witness_quorum_behind", this, WitnessStart::behind)
                .description("Entries published and not yet covered by a quorum")
                .register(registry);
    }

    private double behind() {
        var open = logs.open();
        long published = open.latest().map(now -> now.head().size()).orElse(0L);
        return Math.max(0, published - Math.max(0, store.size(open.origin())));
    }
}
