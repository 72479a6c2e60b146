/** Networks: populations, projections, parameters, and how populations divide into cells. */
package org.relaxon.model.network;
