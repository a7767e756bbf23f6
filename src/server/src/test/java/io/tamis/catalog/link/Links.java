package io.tamis.catalog.link;

import io.tamis.catalog.load.CsvImport;
import io.tamis.catalog.load.Declared;
import io.tamis.catalog.load.Effort;
import io.tamis.catalog.load.InsecureTestKeys;
import io.tamis.catalog.load.StoredVersion;
import io.tamis.catalog.load.UnitSource;
import io.tamis.catalog.load.Uploads;
import io.tamis.crypto.PseudonymAlgorithm;
import io.tamis.crypto.Pseudonyms;
import io.tamis.crypto.SecretBytes;
import io.tamis.crypto.SystemRandom;
import io.tamis.data.CollaborationId;
import io.tamis.data.Dataset;
import io.tamis.data.Hash;
import io.tamis.data.Semantic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Versions of lists of persons and their link files, in folders of a test. */
final class Links {
    static final SystemRandom RANDOM = new SystemRandom();
    static final Semantic MOBILE = new Semantic("CN_MOBILE");
    static final Pseudonyms.Scope SCOPE = scope("col-one", 1);

    /** Bound to fixed bytes so that a failure can be repeated. */
    static final Pseudonyms PSEUDONYMS =
            Pseudonyms.under(PseudonymAlgorithm.HMAC_SHA256, SecretBytes.copyOf(new byte[32]));

    private Links() {}

    /** A stored version. */
    record Version(Dataset dataset, Path folder, CsvImport.Imported imported) {
        UnitSource units() {
            return StoredVersion.open(folder, dataset, imported.contentHash())
                    .units(new InsecureTestKeys(), imported.dataKey());
        }
    }

    /** Link files with their key. */
    record Linked(Path folder, SecretBytes key, Hash contentHash, long units) {
        LinkSet open() {
            return LinkSet.open(folder, key, contentHash);
        }
    }

    static Pseudonyms.Scope scope(String collaboration, int epoch) {
        return new Pseudonyms.Scope(new CollaborationId(collaboration), MOBILE, epoch);
    }

    /** A dataset of telephone numbers with another sealed column and a scanned one. */
    static Dataset users(String id) {
        return Declared.dataset(id)
                .unit("CN_MOBILE")
                .amount("amount", 0)
                .sealed("friends", io.tamis.data.ColumnType.INTEGER, io.tamis.data.Level.L4)
                .build();
    }

    /** A version with one row for each telephone number, in this order. */
    static Version version(Path folder, Collection<String> mobiles) throws IOException {
        var dataset = users("users");
        var csv = new StringBuilder("buyer,amount,friends\n");
        mobiles.forEach(mobile -> csv.append(mobile).append(",1,7\n"));
        return new Version(dataset, folder, Uploads.load(dataset, folder, csv.toString()));
    }

    static Linked derive(Path folder, UnitSource units, Pseudonyms.Scope scope) throws IOException {
        return derive(folder, units, (utf8, length, out) -> PSEUDONYMS.of(scope, utf8, 0, length, out), Effort.DEFAULT);
    }

    static Linked derive(Path folder, UnitSource units, PseudonymFunction pseudonyms, Effort effort)
            throws IOException {
        Files.createDirectories(folder);
        var key = SecretBytes.random(32, RANDOM);
        try (units) {
            var derived = LinkDerivation.derive(units, pseudonyms, folder, key, RANDOM, effort);
            return new Linked(folder, key, units.contentHash(), derived.units());
        }
    }

    /** Every link, by collaboration unit. */
    static Map<Long, Long> read(Linked linked) {
        var links = new TreeMap<Long, Long>(Long::compareUnsigned);
        try (var set = linked.open()) {
            for (int part = 0; part < LinkSet.PARTS; part++) {
                try (var cursor = set.part(part)) {
                    while (cursor.next()) {
                        links.put(cursor.collaborationUnit(), cursor.unitNo());
                    }
                }
            }
        }
        return links;
    }
}
