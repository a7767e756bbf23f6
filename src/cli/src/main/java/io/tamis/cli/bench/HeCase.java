package io.tamis.cli.bench;

import io.tamis.he.Bfv;
import io.tamis.he.HeParams;
import io.tamis.he.mask.CachedMaskForms;
import io.tamis.he.mask.FreshMaskForms;
import io.tamis.he.ring.Ring;
import io.tamis.he.ring.Sampler;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Supplier;

/**
 * One operation to be timed.
 *
 * @param metric its name in the report
 * @param unit microseconds or milliseconds
 * @param batch how often it runs between two looks at the clock
 * @param rounds how many batches are timed; the median counts
 * @param warmUps how many batches run before
 * @param processors how many threads it uses
 * @param operation makes what is needed, then the thing that is timed; what it returns is kept from being thrown away
 */
record HeCase(
        String metric,
        Unit unit,
        int batch,
        int rounds,
        int warmUps,
        int processors,
        Supplier<Supplier<Object>> operation) {
    private static final long CACHE_BYTES = 2L << 30;

    enum Unit {
        US("us", 1_000),
        MS("ms", 1_000_000);

        private final String text;
        private final long nanos;

        Unit(String text, long nanos) {
            this.text = text;
            this.nanos = nanos;
        }

        @Override
        public String toString() {
            return text;
        }

        BigDecimal of(double nanosTaken) {
            return BigDecimal.valueOf(nanosTaken / nanos).setScale(2, RoundingMode.HALF_UP);
        }
    }

    /** All of them, in the order of the report. */
    static List<HeCase> all() {
        int processors = Runtime.getRuntime().availableProcessors();
        return List.of(
                micro("ntt_4096_us", () -> transform(HeParams.AGG_4096)),
                micro("ntt_8192_us", () -> transform(HeParams.AGG_8192)),
                micro("encrypt_pk_4096_us", () -> encryption(HeParams.AGG_4096)),
                micro("encrypt_pk_8192_us", () -> encryption(HeParams.AGG_8192)),
                micro("pack_8192_us", HeCase::packing),
                micro("share_8192_us", HeCase::share),
                micro("combine_8192_us", HeCase::combination),
                macro("encrypt_1m_users_ms", 1, () -> million(1)),
                macro("encrypt_1m_users_all_cores_ms", processors, () -> million(processors)),
                macro("group64_1m_uncached_ms", 1, () -> groups(false, 1)),
                macro("group64_1m_cached_ms", 1, () -> groups(true, 1)),
                macro("group64_1m_cached_all_cores_ms", processors, () -> groups(true, processors)));
    }

    private static HeCase micro(String metric, Supplier<Supplier<Object>> operation) {
        return new HeCase(metric, Unit.US, 100, 15, 300, 1, operation);
    }

    private static HeCase macro(String metric, int processors, Supplier<Supplier<Object>> operation) {
        return new HeCase(metric, Unit.MS, 1, 5, 6, processors, operation);
    }

    /** Of one prime, the copy of the input included. */
    private static Supplier<Object> transform(HeParams params) {
        var ring = Ring.of(params.n(), params.primes().subList(0, 1));
        var poly = new Sampler(ring, HeWorld.seed(1)).uniform("ntt").toCoefficients();
        return poly::toNtt;
    }

    private static Supplier<Object> encryption(HeParams params) {
        var world = new HeWorld(Bfv.of(params));
        return () -> world.encrypted(0);
    }

    private static Supplier<Object> packing() {
        var scheme = Bfv.of(HeParams.AGG_8192);
        var poly = new Sampler(scheme.ring(), HeWorld.seed(1)).uniform("pack");
        return () -> scheme.pack(poly);
    }

    private static Supplier<Object> share() {
        var world = new HeWorld(Bfv.of(HeParams.AGG_8192));
        return world.share();
    }

    private static Supplier<Object> combination() {
        var world = new HeWorld(Bfv.of(HeParams.AGG_8192));
        return world.combination();
    }

    private static Supplier<Object> million(int processors) {
        var world = new HeWorld(Bfv.of(HeParams.AGG_8192));
        return () -> world.million(processors);
    }

    private static Supplier<Object> groups(boolean cached, int processors) {
        var world = new HeWorld(Bfv.of(HeParams.AGG_8192));
        var forms = cached ? new CachedMaskForms(world.scheme(), CACHE_BYTES) : new FreshMaskForms(world.scheme());
        var groups = world.groups();
        return () -> groups.sum(forms, processors);
    }
}
