package io.tamis.data;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A dataset as declared in the policy bundle ({@code policies/datasets/<id>.yaml}): what its columns are and what may be
 * done with them. Declares, holds no data.
 *
 * @param minUsers least number of distinct persons behind a released cell (k)
 * @param rowCapacity greatest number of rows of a version; public, unlike the number of rows
 */
public record Dataset(
        DatasetId id,
        PartyId owner,
        Steward steward,
        NationalGrade nationalGrade,
        Sharing sharing,
        ConsentClass consent,
        Optional<Pia> pia,
        int minUsers,
        long rowCapacity,
        Optional<Unit> unit,
        List<Column> columns) {
    public Dataset {
        Objects.requireNonNull(id);
        Objects.requireNonNull(owner);
        Objects.requireNonNull(steward);
        Objects.requireNonNull(nationalGrade);
        Objects.requireNonNull(sharing);
        Objects.requireNonNull(consent);
        Objects.requireNonNull(pia);
        Objects.requireNonNull(unit);
        columns = List.copyOf(columns);
        if (minUsers < 1 || rowCapacity < 1) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        var names = new HashSet<ColumnName>();
        if (columns.isEmpty() || !columns.stream().allMatch(column -> names.add(column.name()))) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        if (unit.isPresent() && !names.contains(unit.get().column())) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    /** Greatest number of rows that a version, or a person in it, may have. */
    public long rowsMost() {
        return Math.max(rowCapacity, unit.map(Unit::rowsMax).orElse(1));
    }

    /** The dataset as its owner uploads it: without the columns that are withheld, the unit's excepted. */
    public Dataset uploaded() {
        var carried = columns.stream()
                .filter(column -> !column.isWithheld() || unit.map(Unit::column).equals(Optional.of(column.name())))
                .toList();
        return new Dataset(
                id, owner, steward, nationalGrade, sharing, consent, pia, minUsers, rowCapacity, unit, carried);
    }

    /** The column with this name. */
    public Optional<Column> column(ColumnName name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }
}
