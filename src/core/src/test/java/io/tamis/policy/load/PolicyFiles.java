package io.tamis.policy.load;

import io.tamis.policy.PolicyBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The policy files of the repository, for tests: as they are, or with one edit. */
public final class PolicyFiles {
    /** The folder in the repository; Maven runs tests in the module's folder. */
    public static final Path FOLDER = Path.of("..", "..", "policies");

    private static final List<String> PATHS = List.of(
            "bundle.yaml",
            "taxonomy.yaml",
            "access.yaml",
            "transforms.yaml",
            "budgets.yaml",
            "redlines.yaml",
            "retention.yaml",
            "datasets/brand-members.yaml",
            "datasets/cdnow.yaml",
            "datasets/messenger-exposures.yaml",
            "datasets/messenger-users.yaml",
            "datasets/orders.yaml",
            "datasets/shop-users.yaml",
            "datasets/touchpoints.yaml",
            "datasets/video-exposures.yaml",
            "datasets/video-users.yaml");

    private static final PolicyBundle BUNDLE = accepted(read());

    private PolicyFiles() {}

    /** The repository's bundle. */
    public static PolicyBundle bundle() {
        return BUNDLE;
    }

    /** Its files, fresh to be edited. */
    public static Map<String, byte[]> read() {
        var files = new HashMap<String, byte[]>();
        for (String path : PATHS) {
            try {
                files.put(path, Files.readAllBytes(FOLDER.resolve(path)));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return files;
    }

    /** Its files with the first occurrence of a text replaced; the text must be there. */
    public static Map<String, byte[]> edited(String path, String from, String to) {
        var files = read();
        String text = text(files, path);
        int at = text.indexOf(from);
        if (at < 0) {
            throw new IllegalArgumentException(path + " does not hold: " + from);
        }
        files.put(path, bytes(text.substring(0, at) + to + text.substring(at + from.length())));
        return files;
    }

    /** The bundle of files that must be accepted. */
    public static PolicyBundle accepted(Map<String, byte[]> files) {
        return switch (PolicyLoader.load(files)) {
            case LoadResult.Loaded(PolicyBundle bundle) -> bundle;
            case LoadResult.Rejected(List<Problem> problems) -> throw new AssertionError(problems.toString());
        };
    }

    /** The problems of files that must be refused. */
    public static List<Problem> refused(Map<String, byte[]> files) {
        return switch (PolicyLoader.load(files)) {
            case LoadResult.Loaded(PolicyBundle bundle) -> throw new AssertionError("accepted " + bundle.contentHash());
            case LoadResult.Rejected(List<Problem> problems) -> problems;
        };
    }

    static String text(Map<String, byte[]> files, String path) {
        return new String(files.get(path), StandardCharsets.UTF_8);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
