package io.tamis.sandbox.audiences;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.DatasetId;
import io.tamis.data.Json;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The audiences of one job. A non-empty set of them is a mask: bit i is the i-th audience. There are two orders: the job's
 * own, in which it sees its answer, and the canonical one, in which persons are counted and releases kept. The second does
 * not depend on names or order, so a renamed or reordered question finds the cached release.
 */
record Audiences(List<Audience> asNamed) {
    Audiences {
        asNamed = List.copyOf(asNamed);
        boolean distinct = asNamed.stream().map(Audience::id).distinct().count() == asNamed.size()
                && asNamed.stream().map(Audience::rows).distinct().count() == asNamed.size();
        if (!distinct) {
            // The same persons under two names would be asked for nothing: every cell with one of them alone is empty.
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    int size() {
        return asNamed.size();
    }

    /** Number of masks. */
    int cells() {
        return (1 << size()) - 1;
    }

    List<Audience> canonical() {
        return asNamed.stream()
                .sorted(Comparator.comparing(
                        audience -> audience.rows().toJson().canonical()))
                .toList();
    }

    /** The datasets in canonical order, each once. */
    List<DatasetId> datasets() {
        return canonical().stream()
                .map(audience -> audience.rows().dataset())
                .distinct()
                .toList();
    }

    /** The names of each set, from mask 1 on, bits in the job's order. */
    List<String> labels() {
        return IntStream.rangeClosed(1, cells()).mapToObj(this::label).toList();
    }

    /** The names of each set, from mask 1 on, bits in canonical order; a label lists names in the job's order all the same. */
    List<String> canonicalLabels() {
        var named = new int[cells() + 1];
        for (int mask = 1; mask <= cells(); mask++) {
            named[canonicalMask(mask)] = mask;
        }
        return IntStream.rangeClosed(1, cells())
                .mapToObj(mask -> label(named[mask]))
                .toList();
    }

    /** The mask in canonical order of the same audiences. */
    int canonicalMask(int named) {
        List<Audience> canonical = canonical();
        return IntStream.range(0, size())
                .filter(bit -> (named >> bit & 1) == 1)
                .map(bit -> 1 << canonical.indexOf(asNamed.get(bit)))
                .sum();
    }

    /** The canonical form: no names. */
    Json toJson() {
        return Json.array(
                canonical().stream().map(audience -> audience.rows().toJson()).toList());
    }

    private String label(int named) {
        return IntStream.range(0, size())
                .filter(bit -> (named >> bit & 1) == 1)
                .mapToObj(bit -> asNamed.get(bit).id())
                .collect(Collectors.joining("+"));
    }
}
