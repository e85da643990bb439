/** Growing: what the endpoints of `src/model/api/grow.ts` do. */
import { checkRecipe } from '../../app/check-recipe.ts'
import { forecast } from '../../app/forecast.ts'
import { listCritics, listGenerators } from '../../app/list-plugins.ts'
import { recipeJsonSchema } from '../../app/recipe-schema.ts'
import type { growEndpoints } from '../../model/api/grow.ts'
import type { Handlers } from '../handler.ts'

export const growHandlers: Handlers<typeof growEndpoints> = {
  listGenerators: async ({ workspace }) => listGenerators(workspace.plugins),
  listCritics: async ({ workspace }) => listCritics(workspace.plugins),
  showRecipeSchema: async ({ workspace }) => recipeJsonSchema(workspace.plugins),
  checkRecipe: async ({ workspace }, { body }) => checkRecipe(workspace.plugins, body),
  forecastRecipe: ({ workspace }, { params, body }) =>
    forecast(workspace, { ...body.recipe, project: params.project }, {}),
}
