package io.tamis.jobs;

import io.tamis.data.Json;

/**
 * How far key holders have come with a job.
 *
 * @param needed how many shares open it
 * @param posted how many of them are there
 * @param holdersOnline how many key holders were seen lately
 * @param holdersOffline true when it stands still because too few of them were
 */
public record Shares(int needed, int posted, int holdersOnline, boolean holdersOffline) {
    /** Most key holders there are. */
    private static final int HOLDERS_MAX = 8;

    public Shares {
        if (needed < 1 || needed > HOLDERS_MAX || posted < 0 || posted > needed) {
            throw new IllegalArgumentException("no such number of shares");
        }
        if (holdersOnline < 0 || holdersOnline > HOLDERS_MAX) {
            throw new IllegalArgumentException("no such number of key holders");
        }
    }

    Json.Obj toJson() {
        var json = Json.object().put("needed", needed).put("posted", posted).put("holdersOnline", holdersOnline);
        if (holdersOffline) {
            json.put("note", "HOLDERS_OFFLINE");
        }
        return json.build();
    }
}
