/// How a value becomes text (OpenAPI 3.1 §4.8.12.3, RFC 6570 §3.2).
///
/// With `explode`, each item of an array and each member of an object is written as a value of its own.
public enum ParameterStyle: Sendable, Hashable {
  /// `a,b`; an object `x,1,y,2`, exploded `x=1,y=2`. In paths and headers.
  case simple(explode: Bool)
  /// `.a,b`, exploded `.a.b`; an object `.x,1,y,2`, exploded `.x=1.y=2`. In paths.
  case label(explode: Bool)
  /// `;name=a,b`, exploded `;name=a;name=b`; an object `;name=x,1,y,2`, exploded `;x=1;y=2`. In paths.
  case matrix(explode: Bool)
  /// `name=a,b`, exploded `name=a&name=b`; an object `name=x,1,y,2`. An exploded object is read by
  /// ``FieldReader/object(_:_:)``. In queries, forms and cookies.
  case form(explode: Bool)
  /// `name=a%20b`. In queries and forms.
  case spaceDelimited
  /// `name=a|b`. In queries and forms.
  case pipeDelimited
  /// `name[x]=1&name[y]=2`. In queries and forms.
  case deepObject
}
