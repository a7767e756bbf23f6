/** A search for planted identifiers in everything the service leaves behind. */
package io.tamis.server.leaks;
