package io.tamis.policy.load;

import java.util.Optional;
import java.util.regex.Pattern;

/** The names of the files of a bundle and which schema judges each. */
final class Bundles {
    static final String BUNDLE = "bundle.yaml";
    static final String APPROVALS = "approvals.yaml";
    static final String DATASETS = "datasets/";

    private static final Pattern DATASET = Pattern.compile("datasets/[a-z][a-z0-9-]{0,63}\\.yaml");

    private Bundles() {}

    /** The schema of the file at this path; empty for a path that no bundle has. */
    static Optional<String> schemaOf(String path) {
        return switch (path) {
            case BUNDLE -> Optional.of("bundle");
            case APPROVALS -> Optional.of("approvals");
            case "taxonomy.yaml" -> Optional.of("taxonomy");
            case CrossFileCheck.ACCESS -> Optional.of("access");
            case TransformReader.FILE -> Optional.of("transforms");
            case BudgetReader.FILE -> Optional.of("budgets");
            case "redlines.yaml" -> Optional.of("redlines");
            case "retention.yaml" -> Optional.of("retention");
            default -> DATASET.matcher(path).matches() ? Optional.of("dataset") : Optional.empty();
        };
    }
}
