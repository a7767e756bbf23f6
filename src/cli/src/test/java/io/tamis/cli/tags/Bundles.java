package io.tamis.cli.tags;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.policy.PolicyBundle;
import io.tamis.policy.load.LoadResult;
import io.tamis.policy.load.PolicyLoader;
import java.nio.file.Path;
import java.util.HashMap;

/** Policy bundles: the repository's, and others that differ from it in one line. */
final class Bundles {
    private Bundles() {}

    static PolicyBundle repository() {
        return loaded(PolicyLoader.load(Path.of("..", "..", "policies")));
    }

    /** The repository's with this text of shop-users in the place of that. */
    static PolicyBundle shopUsers(String from, String to) {
        var files = new HashMap<>(repository().files());
        files.computeIfPresent("datasets/shop-users.yaml", (path, bytes) -> {
            String text = new String(bytes, UTF_8);
            if (!text.contains(from)) {
                throw new AssertionError(path + " has no " + from);
            }
            return text.replace(from, to).getBytes(UTF_8);
        });
        return loaded(PolicyLoader.load(files));
    }

    private static PolicyBundle loaded(LoadResult result) {
        return switch (result) {
            case LoadResult.Loaded(PolicyBundle bundle) -> bundle;
            case LoadResult.Rejected rejected -> throw new AssertionError(rejected.toString());
        };
    }
}
