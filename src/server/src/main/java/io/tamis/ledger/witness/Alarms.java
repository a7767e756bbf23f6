package io.tamis.ledger.witness;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * What witnesses say that must never be: each kind is a gauge that stays 1 until the witness cosigns again, and one line in
 * the log when it begins and one when it ends.
 */
@Singleton
class Alarms {
    private static final Logger LOG = Logger.getLogger(Alarms.class);

    /** Why somebody has to look. */
    enum Kind {
        /** It has cosigned a larger tree of this log than we know: our database has gone back, or somebody has our name or key. */
        AHEAD("ahead", "knows a larger tree than we have: the database was set back, or another log has our name"),
        /** It has cosigned another tree of a size: two logs with our name or key. */
        FORK("fork", "knows another tree: rows were changed, or another log has our name"),
        /** It does not accept our key, our name or our request. */
        REFUSED("refused", "refuses our checkpoints: it does not know this log or its key"),
        /** What it answers does not verify: not the witness that was named, or a broken one. */
        NONSENSE("nonsense", "answers without a valid cosignature of the configured key"),
        /** A row of the table does not verify: somebody has put it there. */
        TABLE("table", "has a row in ledger_cosignature that does not verify");

        private final String label;
        private final String text;

        Kind(String label, String text) {
            this.label = label;
            this.text = text;
        }
    }

    private final MeterRegistry registry;
    private final Map<String, Set<Kind>> raised = new ConcurrentHashMap<>();

    Alarms(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Makes the gauges of a witness. */
    void register(String witness) {
        for (Kind kind : Kind.values()) {
            Gauge.builder("tamis_witness_alarm", this, alarms -> alarms.isRaised(witness, kind) ? 1 : 0)
                    .tag("witness", witness)
                    .tag("alarm", kind.label)
                    .description("1 while a witness says what must never be")
                    .register(registry);
        }
    }

    void raise(String witness, Kind kind) {
        var kinds = kinds(witness);
        synchronized (kinds) {
            if (!kinds.add(kind)) {
                return;
            }
        }
        LOG.errorf("witness %s %s", witness, kind.text);
    }

    /** The witness has cosigned; what the table says is another matter. */
    void settle(String witness) {
        var kinds = kinds(witness);
        boolean ended;
        synchronized (kinds) {
            ended = kinds.removeIf(kind -> kind != Kind.TABLE);
        }
        if (ended) {
            LOG.infof("witness %s cosigns again", witness);
        }
    }

    boolean isRaised(String witness, Kind kind) {
        var kinds = kinds(witness);
        synchronized (kinds) {
            return kinds.contains(kind);
        }
    }

    private Set<Kind> kinds(String witness) {
        return raised.computeIfAbsent(witness, absent -> EnumSet.noneOf(Kind.class));
    }
}
