package io.tamis.policy.load;

import io.tamis.data.DataException;
import io.tamis.data.Dataset;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.policy.Budgets;
import io.tamis.policy.PolicyBundle;
import io.tamis.policy.Rule;
import io.tamis.policy.Transform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Loads policy bundles: all checks or nothing. In order: the files are those bundle.yaml names, each is strict YAML, each
 * fits the built-in schema, then what spans files. Approvals are not yet held against the content (their life cycle is
 * to come); their form is.
 */
public final class PolicyLoader {
    private final Problems problems = new Problems();

    private PolicyLoader() {}

    /** Loads the bundle in this folder. */
    public static LoadResult load(Path folder) {
        var loader = new PolicyLoader();
        Map<String, byte[]> files = BundleFolder.read(folder, loader.problems);
        return loader.result(files);
    }

    /** Loads a bundle from the bytes of its files, by path relative to the bundle's folder with forward slashes. */
    public static LoadResult load(Map<String, byte[]> files) {
        return new PolicyLoader().result(files);
    }

    private LoadResult result(Map<String, byte[]> files) {
        Optional<PolicyBundle> bundle = problems.isEmpty() ? bundle(files) : Optional.empty();
        return bundle.isPresent() && problems.isEmpty()
                ? new LoadResult.Loaded(bundle.get())
                : new LoadResult.Rejected(problems.list());
    }

    private Optional<PolicyBundle> bundle(Map<String, byte[]> files) {
        if (!files.containsKey(Bundles.BUNDLE)) {
            problems.add(Bundles.BUNDLE, "", "is missing");
            return Optional.empty();
        }
        Map<String, Yaml> documents = documents(files);
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        Set<String> listed = listed(documents.get(Bundles.BUNDLE), documents.keySet());
        documents.keySet().retainAll(listed);
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        var content = new TreeMap<>(files);
        content.keySet().retainAll(listed);
        try {
            return Optional.of(assembled(documents, content));
        } catch (DataException refused) {
            // Only what neither schema nor checks foresaw comes here; a bundle is refused rather than guessed at.
            problems.add(Bundles.BUNDLE, "", "a file of the bundle is beyond a documented limit");
            return Optional.empty();
        }
    }

    /** Every file as a document that fits its schema. */
    private Map<String, Yaml> documents(Map<String, byte[]> files) {
        var documents = new TreeMap<String, Yaml>();
        files.forEach((path, bytes) -> {
            Optional<String> schema = Bundles.schemaOf(path);
            if (schema.isEmpty()) {
                problems.add(printable(path), "", "is no file of a bundle");
                return;
            }
            try {
                Yaml document = YamlReader.read(bytes);
                documents.put(path, document);
                problems.addAll(Schemas.check(schema.get(), path, document, problems.room()));
            } catch (YamlReader.Refused refused) {
                problems.add(path, "", refused.getMessage());
            }
        });
        return documents;
    }

    /** The paths that make the content: bundle.yaml and exactly the files it names. */
    private Set<String> listed(Yaml bundle, Set<String> present) {
        var fields = new JsonFields(bundle.toJson());
        if (!fields.string("hash", 16).equals("SHA_256")) {
            problems.add(Bundles.BUNDLE, "/hash", "is not offered yet; use SHA_256");
        }
        List<String> names = fields.list("files", BundleFolder.FILES_MAX, item -> JsonFields.text(item, 256));
        for (int i = 0; i < names.size(); i++) {
            if (Bundles.schemaOf(names.get(i)).isEmpty()) {
                problems.add(Bundles.BUNDLE, "/files/" + i, "is no file of a bundle");
            } else if (!present.contains(names.get(i))) {
                problems.add(names.get(i), "", "is named by bundle.yaml and missing");
            }
        }
        var listed = new HashSet<>(names);
        listed.add(Bundles.BUNDLE);
        present.stream()
                .filter(path -> !listed.contains(path) && !path.equals(Bundles.APPROVALS))
                .forEach(path -> problems.add(path, "", "is not named by bundle.yaml"));
        return listed;
    }

    private PolicyBundle assembled(Map<String, Yaml> documents, Map<String, byte[]> content) {
        Taxonomy taxonomy = Taxonomy.read(documents.get("taxonomy.yaml"));
        if (!Taxonomy.describesEveryLevelInOrder(documents.get("taxonomy.yaml"))) {
            problems.add("taxonomy.yaml", "/levels", "do not describe L1 to L5, each once and in order");
        }
        uniqueIds(documents.get("redlines.yaml"), "lines", "id", "redlines.yaml");
        uniqueIds(documents.get("retention.yaml"), "rules", "record", "retention.yaml");
        var cross = new CrossFileCheck(problems);
        List<Rule> rules = AccessReader.read(documents.get(CrossFileCheck.ACCESS));
        cross.rules(rules, taxonomy.aggregate());
        List<Transform> transforms = new TransformReader(problems).read(documents.get(TransformReader.FILE));
        Budgets budgets = new BudgetReader(problems).read(documents.get(BudgetReader.FILE));
        Map<DatasetId, Dataset> datasets = datasets(documents, taxonomy);
        cross.transforms(datasets.values(), rules, transforms);
        if (!problems.isEmpty()) {
            // A duplicate rule id would make the constructor throw; the problem has been named already.
            rules = List.of();
        }
        Hash contentHash =
                Hash.sha256(new Yaml.Mapping(documents, 0).canonical().getBytes(StandardCharsets.UTF_8));
        return new PolicyBundle(contentHash, content, datasets, budgets, new PolicyBundle.Access(rules, transforms));
    }

    private Map<DatasetId, Dataset> datasets(Map<String, Yaml> documents, Taxonomy taxonomy) {
        var datasets = new TreeMap<DatasetId, Dataset>();
        documents.forEach((path, document) -> {
            if (path.startsWith(Bundles.DATASETS)) {
                new DatasetReader(path, taxonomy.unlabelled(), problems)
                        .read(document)
                        .ifPresent(dataset -> {
                            new DatasetCheck(path, taxonomy, problems).check(dataset);
                            datasets.put(dataset.id(), dataset);
                        });
            }
        });
        return datasets;
    }

    /** Ids in a list of objects are unique. Read from the tree, as these files may hold fractions. */
    private void uniqueIds(Yaml document, String list, String id, String file) {
        var seen = new HashSet<Json>();
        for (int i = 0; document.at("/" + list + "/" + i).isPresent(); i++) {
            Yaml value = document.at("/" + list + "/" + i + "/" + id).orElseThrow();
            if (!seen.add(value.toJson())) {
                problems.add(file, "/" + list + "/" + i + "/" + id, "is given twice");
            }
        }
    }

    /** A path for a message: what is not plain ASCII is shown as a question mark. */
    private static String printable(String path) {
        return path.substring(0, Math.min(path.length(), 200)).replaceAll("[^ -~]", "?");
    }
}
