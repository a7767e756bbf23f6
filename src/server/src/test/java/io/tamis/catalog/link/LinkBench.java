package io.tamis.catalog.link;

import io.tamis.catalog.load.Declared;
import io.tamis.catalog.load.Effort;
import io.tamis.catalog.load.Uploads;
import io.tamis.catalog.load.VersionFolder;
import io.tamis.crypto.PseudonymAlgorithm;
import io.tamis.crypto.Pseudonyms;
import io.tamis.crypto.SecretBytes;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Derives, reads and compares the link files of a generated list, without a server: {@code LinkBench persons folder
 * [HMAC_SM3]}. Numbers go to docs/performance.md.
 */
final class LinkBench {
    /** Takes the persons through all telephone numbers in an order that is not theirs. */
    private static final long STEP = 7_654_321;

    private LinkBench() {}

    /** Loads once, derives three times. */
    public static void main(String[] args) throws IOException {
        int persons = Integer.parseInt(args[0]);
        var algorithm = args.length > 2 ? PseudonymAlgorithm.valueOf(args[2]) : PseudonymAlgorithm.HMAC_SHA256;
        Path folder = Files.createDirectories(Path.of(args[1]));
        Path csv = folder.resolve("users.csv");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(csv), 1 << 20)) {
            out.write("buyer,amount\n".getBytes(StandardCharsets.US_ASCII));
            for (long i = 0; i < persons; i++) {
                long mobile = 13_800_000_000L + i * STEP % 100_000_000;
                out.write((mobile + ",1\n").getBytes(StandardCharsets.US_ASCII));
            }
        }
        var dataset = Declared.dataset("users")
                .rowCapacity(persons)
                .unit("CN_MOBILE")
                .amount("amount", 0)
                .build();
        Path version = Files.createDirectory(folder.resolve("version"));
        var imported = Uploads.load(dataset, version, csv);
        System.out.printf("loaded, heap peak %d MB%n", heapPeakMb());
        ManagementFactory.getMemoryPoolMXBeans().forEach(java.lang.management.MemoryPoolMXBean::resetPeakUsage);
        var stored = new Links.Version(dataset, version, imported);
        for (int run = 0; run < 3; run++) {
            run(folder.resolve("links-" + run), stored, algorithm);
        }
    }

    private static void run(Path folder, Links.Version version, PseudonymAlgorithm algorithm) throws IOException {
        Files.createDirectory(folder);
        var pseudonyms = Pseudonyms.under(algorithm, SecretBytes.random(32, Links.RANDOM));
        var key = SecretBytes.random(32, Links.RANDOM);
        long begun = System.nanoTime();
        long cpuBegun = cpuNanos();
        try (var units = version.units()) {
            var derived =
                    LinkDerivation.derive(units, pseudonyms, Links.SCOPE, folder, key, Links.RANDOM, Effort.DEFAULT);
            long end = System.nanoTime();
            System.out.printf(
                    "%s: %d persons derived in %.2f s (%.2f s of processor), heap peak %d MB%n",
                    algorithm, derived.units(), (end - begun) / 1e9, (cpuNanos() - cpuBegun) / 1e9, heapPeakMb());
            read(new Links.Linked(folder, key, units.contentHash(), derived.units()));
        }
        VersionFolder.delete(folder);
    }

    private static void read(Links.Linked linked) {
        try (var set = linked.open();
                var same = linked.open()) {
            long begun = System.nanoTime();
            long cpuBegun = cpuNanos();
            long sum = 0;
            for (int part = 0; part < LinkSet.PARTS; part++) {
                try (var cursor = set.part(part)) {
                    while (cursor.next()) {
                        sum += cursor.collaborationUnit() ^ cursor.unitNo();
                    }
                }
            }
            long end = System.nanoTime();
            double megabytes = set.units() * 16 / 1e6;
            System.out.printf(
                    "read at %.0f MB/s (%.0f MB for a second of processor; %x)%n",
                    megabytes / ((end - begun) / 1e9), megabytes / ((cpuNanos() - cpuBegun) / 1e9), sum);
            begun = System.nanoTime();
            long differing = LinkComparison.differing(set, same, 50);
            System.out.printf("compared in %.2f s (%d)%n", (System.nanoTime() - begun) / 1e9, differing);
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    private static long heapPeakMb() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .mapToLong(pool -> pool.getPeakUsage().getUsed())
                        .sum()
                >> 20;
    }
}
