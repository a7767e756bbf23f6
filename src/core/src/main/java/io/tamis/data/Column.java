package io.tamis.data;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A column as its owner declares it. All of it is public; {@code clamp} and {@code countMax} clip in the bounding kernel,
 * the rest is enforced at import.
 *
 * @param scale digits after the point of a DECIMAL column, else 0; its values are integers of minor units
 * @param domain declared values in text form (integers in decimal, booleans as true/false); empty when none is declared
 * @param keyCapacity greatest number of distinct values of a column whose values are private
 * @param countMax greatest number of a person's rows counted in one group (the unit column's bounds COUNT)
 */
public record Column(
        ColumnName name,
        ColumnType type,
        int scale,
        Level level,
        Set<Flag> flags,
        Semantic semantic,
        LabelledBy labelledBy,
        Set<Use> uses,
        List<String> domain,
        Optional<DateRange> dateRange,
        OptionalInt keyCapacity,
        OptionalInt countMax,
        Optional<Clamp> clamp) {
    public Column {
        Objects.requireNonNull(name);
        Objects.requireNonNull(type);
        Objects.requireNonNull(level);
        Objects.requireNonNull(semantic);
        Objects.requireNonNull(labelledBy);
        Objects.requireNonNull(dateRange);
        Objects.requireNonNull(keyCapacity);
        Objects.requireNonNull(countMax);
        Objects.requireNonNull(clamp);
        flags = Set.copyOf(flags);
        uses = Set.copyOf(uses);
        domain = List.copyOf(domain);
        boolean room = keyCapacity.orElse(1) > 0 && countMax.orElse(1) > 0;
        // A key's code is its position in the domain, so each key has one place there.
        boolean distinct = new HashSet<>(domain).size() == domain.size();
        if (uses.isEmpty() || scale < 0 || scale > 9 || !room || !distinct) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    /** True when the owner allows this use; PUBLIC allows to group, to filter and to aggregate. */
    public boolean allows(Use use) {
        if (uses.contains(Use.DENY)) {
            return false;
        }
        boolean openUse = use == Use.GROUP_KEY || use == Use.FILTER_ONLY || use == Use.AGGREGATE_ONLY;
        return uses.contains(use) || (openUse && uses.contains(Use.PUBLIC));
    }

    /** True when the column's values never leave its owner but encrypted: no upload carries them. */
    public boolean isWithheld() {
        return uses.contains(Use.ENCRYPTED_ONLY);
    }

    /** True when every possible key is public knowledge, so that zero-filling all of them reveals nothing. */
    public boolean hasDeclaredKeys() {
        return !domain.isEmpty() || dateRange.isPresent();
    }
}
