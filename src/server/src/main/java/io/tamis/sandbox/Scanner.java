package io.tamis.sandbox;

import io.tamis.catalog.ScanFile;
import io.tamis.catalog.Snapshot;
import io.tamis.data.Code;
import io.tamis.data.TamisException;
import io.tamis.privacy.DpPlan;
import io.tamis.privacy.KernelSpec;
import io.tamis.privacy.PartialSums;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/**
 * Scans a version in shards, one platform thread each, and adds up their exact sums. Each file is in one shard, each
 * person in one file. Any failure ends the other shards and the whole scan; a partial answer would be a wrong one.
 */
final class Scanner {
    /** One per core of the machine this is made for; a scan is bound by the processor. */
    static final int SHARDS_MAX = 2;

    private final DpPlan plan;
    private final Snapshot snapshot;
    private final ScanQuery query;
    private final Salt salt;
    private final Deadline deadline;

    Scanner(DpPlan plan, Snapshot snapshot, ScanQuery query, Salt salt, Deadline deadline) {
        this.plan = plan;
        this.snapshot = snapshot;
        this.query = query;
        this.salt = salt;
        this.deadline = deadline;
    }

    PartialSums scan() {
        KernelSpec spec = plan.kernel();
        List<ShardScan> shards = shards(spec);
        if (shards.isEmpty()) {
            return PartialSums.zero(spec);
        }
        var threads = Thread.ofPlatform().name("scan-", 0).daemon().factory();
        try (ExecutorService pool = Executors.newFixedThreadPool(shards.size(), threads)) {
            List<Future<PartialSums>> parts = shards.stream().map(pool::submit).toList();
            try {
                PartialSums sums = PartialSums.zero(spec);
                for (Future<PartialSums> part : parts) {
                    sums = sums.merge(part.get(Math.max(1, deadline.remainingNanos()), TimeUnit.NANOSECONDS));
                }
                return sums;
            } catch (TimeoutException late) {
                throw new SandboxException(Code.TIMED_OUT);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new SandboxException(Code.JOB_FAILED);
            } catch (ExecutionException failed) {
                throw new SandboxException(codeOf(failed.getCause()));
            } finally {
                pool.shutdownNow();
                shards.forEach(ShardScan::cancel);
            }
        }
    }

    private static Code codeOf(Throwable cause) {
        return cause instanceof TamisException known ? known.code() : Code.JOB_FAILED;
    }

    private List<ShardScan> shards(KernelSpec spec) {
        Path folder = folder();
        List<ScanFile> files = snapshot.files().stream()
                .sorted(Comparator.comparingInt(ScanFile::bucket))
                .toList();
        int count = Math.min(Math.min(SHARDS_MAX, Runtime.getRuntime().availableProcessors()), files.size());
        var shards = new ArrayList<ShardScan>();
        for (int shard = 0; shard < count; shard++) {
            int own = shard;
            List<ScanFile> ownFiles = IntStream.range(0, files.size())
                    .filter(i -> i % count == own)
                    .mapToObj(files::get)
                    .toList();
            shards.add(new ShardScan(
                    folder,
                    ownFiles,
                    query,
                    new RowReader(plan, snapshot.dataset(), query, deadline),
                    new ShardScan.Kernels(spec, salt),
                    deadline));
        }
        return shards;
    }

    /** Without symbolic links, so that DuckDB's check of the folder and ours mean the same one. */
    private Path folder() {
        try {
            return snapshot.scanFolder().toRealPath();
        } catch (IOException gone) {
            throw new SandboxException(Code.JOB_FAILED);
        }
    }
}
