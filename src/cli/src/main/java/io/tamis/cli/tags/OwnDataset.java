package io.tamis.cli.tags;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.JsonView;
import io.tamis.data.Clamp;
import io.tamis.data.Code;
import io.tamis.data.Column;
import io.tamis.data.ColumnName;
import io.tamis.data.ColumnType;
import io.tamis.data.Dataset;
import io.tamis.data.DatasetId;
import io.tamis.data.PartyId;
import io.tamis.data.Semantic;
import io.tamis.data.Unit;
import io.tamis.data.Use;
import io.tamis.holder.TagSpec;
import io.tamis.policy.PolicyBundle;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The platform's dataset as the platform's own copy of the policy bundle declares it. Bounds and scale are never the service's
 * word: a wider clamp would make single persons weigh more than the holders' noise is made for, a smaller scale the same.
 */
record OwnDataset(Dataset declared, Unit unit) {
    OwnDataset {
        Objects.requireNonNull(declared);
        Objects.requireNonNull(unit);
    }

    /** The dataset of this bundle; refused when it is not there, or has more than one row a person. */
    static OwnDataset of(PolicyBundle bundle, DatasetId id) {
        Dataset declared = Optional.ofNullable(bundle.datasets().get(id))
                .orElseThrow(() -> ClientException.usage("your policy bundle does not declare " + id));
        Unit unit = declared.unit()
                .filter(found -> found.rowsMax() == 1)
                .orElseThrow(() -> new ClientException(
                        Code.NO_PRIVACY_UNIT,
                        ExitCode.NO,
                        id + " is not declared with one row a person (unit.rowsMax 1): it cannot have tags"));
        return new OwnDataset(declared, unit);
    }

    DatasetId id() {
        return declared.id();
    }

    PartyId owner() {
        return declared.owner();
    }

    /** How the identifiers of persons are written. */
    Semantic semantic() {
        return unit.semantic();
    }

    /** The column of this name, when a tag can be made of it. */
    Column taggable(ColumnName name) {
        return declared.column(name)
                .filter(column -> column.type() == ColumnType.INTEGER || column.type() == ColumnType.DECIMAL)
                .filter(column -> column.allows(Use.ENCRYPTED_ONLY) || column.allows(Use.AGGREGATE_ONLY))
                .filter(column ->
                        column.clamp().filter(clamp -> clamp.magnitude() > 0).isPresent())
                .orElseThrow(
                        () -> ClientException.usage(
                                "column " + name + " of " + id()
                                        + " cannot be a tag: it must be a declared number with a clamp, ENCRYPTED_ONLY or AGGREGATE_ONLY"));
    }

    /** The column of this name, when its allowed values can be counted. */
    Column countable(ColumnName name) {
        return declared.column(name)
                .filter(column -> column.allows(Use.ENCRYPTED_ONLY) || column.allows(Use.AGGREGATE_ONLY))
                .filter(column -> !column.domain().isEmpty() && column.domain().size() <= TagSpec.BUCKETS_MAX)
                .orElseThrow(() -> ClientException.usage("column " + name + " of " + id()
                        + " cannot be counted: it must be declared with 1 to " + TagSpec.BUCKETS_MAX
                        + " allowed values (domain), ENCRYPTED_ONLY or AGGREGATE_ONLY"));
    }

    /** The column that this tag is made of. */
    Column column(TagSpec tag) {
        return tag.isBuckets() ? countable(tag.column()) : taggable(tag.column());
    }

    /**
     * Compares what the service declares of the owner, the unit and these tags' columns. A difference ends the work before anything
     * is committed to: either the copy here is old, or the service is not honest, and in both cases holders would refuse.
     */
    void requireDeclaredBy(ApiClient client, Collection<TagSpec> tags) {
        JsonView shown = client.get("/v1/datasets/" + id()).orRefused().view();
        boolean same = shown.at("owner").text().equals(owner().value())
                && shown.at("unit").at("column").text().equals(unit.column().value())
                && shown.at("unit").at("semantic").text().equals(semantic().value())
                && shown.at("unit").at("rowsMax").integerOrZero() == unit.rowsMax()
                && tags.stream().allMatch(tag -> isShown(shown, tag, column(tag)));
        if (!same) {
            throw new ClientException(
                    Code.VERSION_MISMATCH,
                    ExitCode.NO,
                    "the service declares " + id() + " otherwise than your policy bundle, so nothing is encrypted: read"
                            + " what changed, put the bundle in force into --policy, or tell the key holders");
        }
    }

    private static boolean isShown(JsonView shown, TagSpec tag, Column column) {
        return shown.at("columns").items().stream()
                .filter(other -> other.at("name").text().equals(column.name().value()))
                .anyMatch(other ->
                        other.at("type").text().equals(column.type().name().toLowerCase(Locale.ROOT))
                                && other.at("scale").integerOrZero() == column.scale()
                                && (tag.isBuckets() ? isDomain(other, column) : isClamp(other, column)));
    }

    private static boolean isClamp(JsonView shown, Column column) {
        Clamp clamp = column.clamp().orElseThrow();
        return !shown.at("clamp").isAbsent()
                && shown.at("clamp").at("min").integerOrZero() == clamp.min()
                && shown.at("clamp").at("max").integerOrZero() == clamp.max();
    }

    private static boolean isDomain(JsonView shown, Column column) {
        return shown.at("domain").items().stream().map(JsonView::text).toList().equals(column.domain());
    }
}
