using System.Linq.Expressions;

namespace Sidecar.ControlPlane.Api.Paging;

internal static class ExpressionJoining
{
    /// <summary>The body of <paramref name="test"/>, asked of <paramref name="value"/> instead of its parameter.</summary>
    public static Expression On<T>(this Expression<Func<T, bool>> test, Expression value) => new Replaced(test.Parameters[0], value).Visit(test.Body);

    /// <summary>The body of <paramref name="field"/> for another row variable.</summary>
    public static Expression For<T, TField>(this Expression<Func<T, TField>> field, ParameterExpression row) =>
        new Replaced(field.Parameters[0], row).Visit(field.Body);

    private sealed class Replaced(ParameterExpression from, Expression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : base.VisitParameter(node);
    }
}
