package io.tamis.catalog.load;

import io.tamis.data.Code;
import io.tamis.data.Column;
import io.tamis.data.DataException;
import io.tamis.data.Dataset;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.Unit;
import java.util.List;

/**
 * What a version is made of: the declaration it was read by, its scan files with their digests, its sealed files with
 * their keyed digests. The SHA-256 of its RFC 8785 form is the version's content hash and the name of its folder; the
 * file {@code manifest.json} carries it as {@code snapshot} besides.
 */
record Manifest(Dataset dataset, List<BucketFile> files, List<SealedFile.Entry> sealed) {
    /** Name of the file. */
    static final String FILE = "manifest.json";

    private static final String FORMAT = "tamis-manifest-v1";
    private static final int NAME_MAX = 128;
    private static final int COLUMNS_MAX = 1_000;
    private static final int SEALED_MAX = BucketFile.BUCKETS + COLUMNS_MAX;

    Manifest {
        files = List.copyOf(files);
        sealed = List.copyOf(sealed);
    }

    /** SHA-256 of the canonical form. */
    Hash contentHash() {
        return Hash.sha256(body().canonicalBytes());
    }

    /** The bytes of {@code manifest.json}. */
    byte[] bytes() {
        return body().with("snapshot", Json.of(contentHash().hex())).canonicalBytes();
    }

    /**
     * What a scan needs of a manifest.
     *
     * @param sealed the sealed files
     * @param rowsMost greatest number of rows that the declaration of the import allowed the version or a person in it
     */
    record Stored(List<BucketFile> files, List<SealedFile.Entry> sealed, long rowsMost) {
        Stored {
            files = List.copyOf(files);
            sealed = List.copyOf(sealed);
        }
    }

    /**
     * The scan files of a manifest with this content hash, if {@code declared} still reads them as they were written.
     * INTERNAL when these are not the bytes of that manifest; VERSION_MISMATCH when the declaration has moved on.
     */
    static Stored stored(byte[] bytes, Hash contentHash, Dataset declared) {
        try {
            if (!(Json.parse(bytes) instanceof Json.Obj manifest)
                    || !Hash.sha256(manifest.without("snapshot").canonicalBytes())
                            .equals(contentHash)) {
                throw new LoadException(Code.INTERNAL);
            }
            if (!encoding(manifest).equals(encoding(new Manifest(declared, List.of(), List.of()).body()))) {
                throw new LoadException(Code.VERSION_MISMATCH);
            }
            var fields = new JsonFields(manifest);
            long rowCapacity = fields.integer("rowCapacity", 1, Json.Int.MAGNITUDE_MAX);
            long rowsMax = fields.object("unit").integer("rowsMax", 1, Integer.MAX_VALUE);
            return new Stored(
                    fields.optionalList("files", BucketFile.BUCKETS, Manifest::file),
                    fields.optionalList("sealed", SEALED_MAX, Manifest::sealed),
                    Math.max(rowCapacity, rowsMax));
        } catch (DataException malformed) {
            throw new LoadException(Code.INTERNAL, malformed);
        }
    }

    private Json.Obj body() {
        var unit = dataset.unit().orElseThrow();
        return Json.object()
                .put("format", FORMAT)
                .put("dataset", dataset.id().value())
                .put("unit", unit(unit))
                .put("rowCapacity", dataset.rowCapacity())
                .put("minUsers", dataset.minUsers())
                .put(
                        "columns",
                        Json.array(dataset.uploaded().columns().stream()
                                .map(Manifest::column)
                                .toList()))
                .put("files", Json.array(files.stream().map(Manifest::file).toList()))
                .put("sealed", Json.array(sealed.stream().map(Manifest::sealed).toList()))
                .build();
    }

    private static Json.Obj unit(Unit unit) {
        return Json.object()
                .put("column", unit.column().value())
                .put("semantic", unit.semantic().value())
                .put("groupsMax", unit.groupsMax())
                .put("rowsMax", unit.rowsMax())
                .build();
    }

    /** Apart from the columns of GET /v1/datasets on purpose: this form is hashed, and must not move when that one does. */
    private static Json.Obj column(Column column) {
        var json = Json.object()
                .put("name", column.name().value())
                .put("type", column.type().name())
                .put("scale", column.scale())
                .put("level", column.level().name())
                .put(
                        "uses",
                        Json.strings(
                                column.uses().stream().map(Enum::name).sorted().toList()));
        if (!column.domain().isEmpty()) {
            json.put("domain", Json.strings(column.domain()));
        }
        column.dateRange()
                .ifPresent(range -> json.put(
                        "dateRange",
                        Json.object()
                                .put("from", range.from().toString())
                                .put("to", range.to().toString())
                                .build()));
        column.keyCapacity().ifPresent(capacity -> json.put("keyCapacity", capacity));
        column.countMax().ifPresent(max -> json.put("countMax", max));
        column.clamp()
                .ifPresent(clamp -> json.put(
                        "clamp",
                        Json.object()
                                .put("min", clamp.min())
                                .put("max", clamp.max())
                                .build()));
        return json.build();
    }

    private static Json.Obj file(BucketFile file) {
        return Json.object()
                .put("bucket", file.bucket())
                .put("name", file.name())
                .put("sha256", file.sha256().hex())
                .put("rows", file.rows())
                .put("firstUnit", file.firstUnit())
                .put("lastUnit", file.lastUnit())
                .build();
    }

    private static BucketFile file(Json json) {
        var fields = new JsonFields(json);
        var file = new BucketFile(
                (int) fields.integer("bucket", 0, BucketFile.BUCKETS - 1),
                fields.string("name", NAME_MAX),
                Hash.parse(fields.string("sha256", 2 * Hash.LENGTH)),
                fields.integer("rows", 1, Json.Int.MAGNITUDE_MAX),
                fields.integer("firstUnit", 0, Json.Int.MAGNITUDE_MAX),
                fields.integer("lastUnit", 0, Json.Int.MAGNITUDE_MAX));
        fields.end();
        return file;
    }

    private static Json.Obj sealed(SealedFile.Entry entry) {
        return Json.object()
                .put("name", entry.name())
                .put("mac", entry.mac().hex())
                .build();
    }

    private static SealedFile.Entry sealed(Json json) {
        var fields = new JsonFields(json);
        var entry = new SealedFile.Entry(
                fields.string("name", NAME_MAX), Hash.parse(fields.string("mac", 2 * Hash.LENGTH)));
        fields.end();
        return entry;
    }

    /** What the meaning of the stored numbers rests on; uses, bounds and k may change under a version. */
    private static List<Json> encoding(Json.Obj manifest) {
        var unit = new JsonFields(manifest).object("unit");
        var parts = new java.util.ArrayList<Json>();
        parts.add(unit.value("column"));
        parts.add(unit.value("semantic"));
        parts.addAll(new JsonFields(manifest).list("columns", COLUMNS_MAX, Manifest::columnEncoding));
        return parts;
    }

    private static Json columnEncoding(Json column) {
        if (!(column instanceof Json.Obj declared)) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        boolean sealed = new JsonFields(declared)
                .constant("level", io.tamis.data.Level.class)
                .atLeast(io.tamis.data.Level.L4);
        return declared.without("level", "uses", "countMax", "clamp").with("sealed", Json.of(sealed));
    }
}
