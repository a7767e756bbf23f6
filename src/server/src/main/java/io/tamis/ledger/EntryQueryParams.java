package io.tamis.ledger;

import io.tamis.ledger.EntryFacets.Facet;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** A search as it stands in an address. */
public class EntryQueryParams {
    @Parameter(ref = "party")
    @QueryParam("party")
    @DefaultValue("")
    String party = "";

    @Parameter(ref = "searchedDataset")
    @QueryParam("dataset")
    @DefaultValue("")
    String dataset = "";

    @Parameter(ref = "job")
    @QueryParam("job")
    @DefaultValue("")
    String job = "";

    @Parameter(ref = "decision")
    @QueryParam("decision")
    @DefaultValue("")
    String decision = "";

    @Parameter(ref = "type")
    @QueryParam("type")
    @DefaultValue("")
    String type = "";

    @Parameter(ref = "from")
    @QueryParam("from")
    @DefaultValue("")
    String from = "";

    @Parameter(ref = "to")
    @QueryParam("to")
    @DefaultValue("")
    String to = "";

    @Parameter(ref = "searchedYear")
    @QueryParam("year")
    @DefaultValue("")
    String year = "";

    /** The log of the year that is asked for, else the open one. */
    short log(Shards shards) {
        return year.isEmpty() ? shards.open().log() : shards.ofYear(year).log();
    }

    EntryQuery query() {
        return EntryQuery.read(
                Map.of(
                        Facet.PARTY, party,
                        Facet.DATASET, dataset,
                        Facet.JOB, job,
                        Facet.DECISION, decision,
                        Facet.TYPE, type),
                from,
                to);
    }
}
