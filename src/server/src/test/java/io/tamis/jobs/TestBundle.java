package io.tamis.jobs;

import io.tamis.policy.PolicyBundle;
import io.tamis.policy.load.LoadResult;
import io.tamis.policy.load.PolicyLoader;
import java.nio.file.Path;

/** The repository's own bundle. */
final class TestBundle {
    private TestBundle() {}

    static PolicyBundle load() {
        return switch (PolicyLoader.load(Path.of("../../policies"))) {
            case LoadResult.Loaded loaded -> loaded.bundle();
            case LoadResult.Rejected rejected -> throw new AssertionError(rejected.toString());
        };
    }
}
