package io.tamis.cli.tags;

import io.tamis.cli.client.ClientException;
import io.tamis.data.Column;
import io.tamis.data.ColumnName;
import io.tamis.data.DataException;
import io.tamis.holder.TagBounds;
import io.tamis.holder.TagName;
import io.tamis.holder.TagSpec;
import java.math.BigDecimal;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What a person's value becomes in a tag. {@code VALUE} is clipped to the signed clamp, here, on the platform's machine, as nobody
 * can clip a ciphertext; {@code AT_LEAST} is 0 or 1. No value is 0. In {@code BUCKETS} a person is one of the counted, in the
 * bucket of its value; without a value, in none.
 */
record TaggedColumn(TagSpec spec) {
    private static final Pattern FORM =
            Pattern.compile("([a-z][a-z0-9_]*)=([a-z][a-z0-9_]*)(?:>=(-?[0-9]{1,15}(?:\\.[0-9]{1,9})?))?");
    private static final Pattern BUCKETS = Pattern.compile("([a-z][a-z0-9_]*)=BUCKETS:([a-z][a-z0-9_]*)");
    private static final int DIGITS_MAX = 18;

    /** The bucket of a person without a value. */
    static final long NO_BUCKET = -1;

    /**
     * A tag as the command line has it, {@code NAME=COLUMN}, {@code NAME=COLUMN>=THRESHOLD} or {@code NAME=BUCKETS:COLUMN}, of this
     * dataset.
     */
    static TaggedColumn parse(String text, OwnDataset dataset) {
        var buckets = BUCKETS.matcher(text);
        if (buckets.matches()) {
            return counted(text, dataset.countable(new ColumnName(buckets.group(2))), buckets.group(1));
        }
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw ClientException.usage(
                    "--tag is NAME=COLUMN, NAME=COLUMN>=THRESHOLD or NAME=BUCKETS:COLUMN, not " + text);
        }
        var column = new ColumnName(matcher.group(2));
        Column declared = dataset.taggable(column);
        OptionalLong threshold = OptionalLong.empty();
        if (matcher.group(3) != null) {
            threshold = minorUnits(matcher.group(3), declared.scale());
            if (threshold.isEmpty()) {
                throw ClientException.usage("the threshold of " + text + " has more decimals than its column");
            }
        }
        try {
            return new TaggedColumn(new TagSpec(
                    new TagName(matcher.group(1)),
                    column,
                    new TagBounds(declared.scale(), declared.clamp().orElseThrow()),
                    threshold));
        } catch (DataException malformed) {
            throw ClientException.usage("--tag " + text + " is no tag: a name has at most 64 characters");
        }
    }

    private static TaggedColumn counted(String text, Column declared, String name) {
        try {
            return new TaggedColumn(TagSpec.buckets(new TagName(name), declared.name(), declared.domain()));
        } catch (DataException malformed) {
            throw ClientException.usage("--tag " + text + " is no tag: a name has at most 64 characters");
        }
    }

    /**
     * The tag of a person whose field has this text, or the place of its bucket; empty when the text is no number of the column's,
     * or none of its allowed values.
     */
    OptionalLong value(String field) {
        if (spec.isBuckets()) {
            int bucket = spec.buckets().indexOf(field);
            return bucket < 0 && !field.isEmpty()
                    ? OptionalLong.empty()
                    : OptionalLong.of(bucket < 0 ? NO_BUCKET : bucket);
        }
        if (field.isEmpty()) {
            return OptionalLong.of(0);
        }
        OptionalLong value = minorUnits(field, bounds().scale());
        if (value.isEmpty()) {
            return value;
        }
        long number = value.getAsLong();
        return OptionalLong.of(
                spec.atLeast().isPresent()
                        ? (number >= spec.atLeast().getAsLong() ? 1 : 0)
                        : bounds().clamp().apply(number));
    }

    /** As the command line has it. */
    String text() {
        String column = spec.column().value();
        return spec.name() + "="
                + switch (spec.kind()) {
                    case BUCKETS -> "BUCKETS:" + column;
                    case VALUE -> column;
                    case AT_LEAST ->
                        column + ">="
                                + BigDecimal.valueOf(spec.atLeast().getAsLong(), bounds().scale())
                                        .toPlainString();
                };
    }

    private TagBounds bounds() {
        return spec.bounds().orElseThrow();
    }

    /** The greatest magnitude of a value: what a person can add to a sum. */
    long maxAbs() {
        return spec.maxAbs();
    }

    /** The documented form of a number, exactly as the importer reads it: no sign but minus, no exponent, no spaces. */
    private static OptionalLong minorUnits(String text, int scale) {
        int point = text.indexOf('.');
        int decimals = point < 0 ? 0 : text.length() - point - 1;
        String whole = point < 0 ? text : text.substring(0, point);
        boolean form = whole.matches("-?[0-9]+")
                && (point < 0 || (decimals > 0 && text.substring(point + 1).matches("[0-9]+")));
        if (!form || decimals > scale || text.length() > 2 * DIGITS_MAX) {
            return OptionalLong.empty();
        }
        var minor = new BigDecimal(text).movePointRight(scale);
        return minor.precision() - minor.scale() > DIGITS_MAX
                ? OptionalLong.empty()
                : OptionalLong.of(minor.longValueExact());
    }
}
