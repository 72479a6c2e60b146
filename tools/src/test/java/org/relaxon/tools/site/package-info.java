/**
 * Makes an offline site of the documents, and finds what is broken in them. Part of the build, not
 * of the program: the library that reads Markdown reaches no user.
 */
package org.relaxon.tools.site;
